// A map to move and zoom: <div data-map data-shapes="/address.json" data-instead="id of the picture" hidden>. Needs Leaflet.
// Without this file, or when the shapes cannot be read, the picture stays. In print the picture stands instead.
(() => {
  "use strict";
  if (!window.L) return;
  const SVG = "http://www.w3.org/2000/svg";
  const WORDS = { gap: "Lucka: lokal styrgrupp saknas", double: "Flera grupper arbetar där", unknown: "Uppgift om lokal styrgrupp saknas" };
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const ZOOMS = { "+": 1, "-": -1 };
  const LETTER = 7; // the width of one on a name, in pixels
  const ROOM = 5500; // of the areas, in square pixels, that each number needs
  const NEAR = 1.5; // how far the map is zoomed in when each property is seen
  const POINT = 5;

  const make = (name, marks = {}, ...inside) => {
    const found = document.createElementNS(SVG, name);
    Object.entries(marks).forEach(([key, text]) => found.setAttribute(key, text));
    found.append(...inside);
    return found;
  };
  const element = (name, className, ...inside) => {
    const found = document.createElement(name);
    if (className) found.className = className;
    found.append(...inside);
    return found;
  };

  const crossed = () => make(
    "pattern",
    { id: "karta-flera", width: 14, height: 14, patternUnits: "userSpaceOnUse" },
    make("rect", { class: "map-ground", width: 14, height: 14 }),
    make("path", { class: "map-cross", d: "M-3.5 3.5L3.5 -3.5M0 14L14 0M10.5 17.5L17.5 10.5" }),
  );
  const patterns = (groups) => make("defs", {}, crossed(), ...groups.map((group) => make(
    "pattern",
    { id: `karta-${group.number}`, width: 12, height: 12, patternUnits: "userSpaceOnUse", patternTransform: `scale(${group.scale})` },
    make("rect", { class: `map-tint-${group.tint}`, width: 12, height: 12 }),
    make("path", { class: group.filled ? "map-full" : "map-motif", d: group.path }),
  )));

  const swatch = (state, fill) => make(
    "svg",
    { class: "swatch", width: 36, height: 22, "aria-hidden": "true" },
    make("rect", { class: `map-${state}`, fill, x: 2, y: 2, width: 32, height: 18 }),
  );
  const dot = () => make(
    "svg",
    { class: "swatch", width: 22, height: 22, "aria-hidden": "true" },
    make("circle", { class: "map-point", cx: 11, cy: 11, r: POINT }),
  );
  const legend = (shapes) => {
    const states = new Set(shapes.features.map((feature) => feature.properties.state));
    const list = element("ul", "cluster legend no-print");
    list.setAttribute("aria-label", "Så läser du kartan");
    shapes.groups.forEach((group) => list.append(element("li", "", swatch("covered", `url(#karta-${group.number})`), `${group.number}. ${group.name}`)));
    Object.entries(WORDS).forEach(([state, words]) => {
      if (states.has(state)) list.append(element("li", "", swatch(state, state === "double" ? "url(#karta-flera)" : "none"), words));
    });
    if (shapes.levels.some((level) => level.counts.length)) list.append(element("li", "", element("span", "map-count", element("span", "", "1")), element("span", "map-counted")));
    if (shapes.points?.length) list.append(element("li", "", dot(), "En fastighet, när kartan är inzoomad"));
    return list;
  };

  const said = (feature) => {
    const { said: words, links } = feature.properties;
    const box = element("div", "", element("p", "", words));
    if (links.length) {
      box.append(element("ul", "", ...links.map((link) => {
        const anchor = element("a", "", `${link.number}. ${link.name}`);
        anchor.href = link.url;
        return element("li", "", anchor);
      })));
    }
    return box;
  };

  // One stop for the tab key: the arrows go from area to area, Enter opens, Escape goes back.
  // The map follows, so that the area with focus is never outside the box.
  const byKeyboard = (map, layers) => {
    const paths = layers.map((layer) => layer.getElement());
    const middles = layers.map((layer) => layer.getCenter());
    const go = (to) => {
      paths.forEach((path, at) => path.setAttribute("tabindex", at === to ? "0" : "-1"));
      paths[to].focus();
    };
    layers.forEach((layer, at) => {
      const path = paths[at];
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", layer.feature.properties.said);
      path.setAttribute("tabindex", at ? "-1" : "0");
      path.addEventListener("focus", () => {
        const near = map.getBounds().pad(-0.15).contains(middles[at]);
        if (path.matches(":focus-visible") && !near) map.panTo(middles[at], { animate: false });
      });
      path.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const step = STEPS[event.key];
        if (step) go((at + step + paths.length) % paths.length);
        else if (event.key === "Home") go(0);
        else if (event.key === "End") go(paths.length - 1);
        else if (ZOOMS[event.key]) map.setZoomAround(middles[at], map.getZoom() + ZOOMS[event.key] * map.options.zoomDelta);
        else if (event.key === "Enter" || event.key === " ") {
          layer.openPopup();
          layer.getPopup().getElement().querySelector("a").focus();
        } else return;
        event.preventDefault();
        event.stopPropagation();
      });
    });
    map.on("popupopen", ({ popup }) => {
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", "Stäng");
      popup.getElement().onkeydown = (event) => {
        if (event.key === "Escape") map.closePopup();
      };
    });
    map.on("popupclose", ({ popup }) => {
      const at = layers.indexOf(popup._source);
      if (at >= 0 && popup.getElement().contains(document.activeElement)) go(at);
    });
  };

  // The name of an area stands on it once the map is zoomed in so far that it has room.
  const named = (map, layers) => {
    const names = layers.map((layer) => [layer, L.marker(layer.getCenter(), {
      interactive: false, keyboard: false, zIndexOffset: -1000,
      icon: L.divIcon({ className: "map-name", html: element("span", "", layer.feature.properties.name), iconSize: null }),
    })]);
    const show = () => names.forEach(([layer, name]) => {
      const [one, other] = [layer.getBounds().getNorthWest(), layer.getBounds().getSouthEast()].map((at) => map.latLngToLayerPoint(at));
      const room = other.x - one.x > layer.feature.properties.name.length * LETTER * 1.5 && other.y - one.y > 70;
      if (room) name.addTo(map); else name.remove();
    });
    map.on("zoomend", show);
    show();
  };

  // How many there are: for large areas while the map is small, then for smaller ones.
  const counted = (map, shapes, bounds, said) => {
    const levels = shapes.levels.map(({ counts }) => L.layerGroup(counts.map(({ number, at }) => L.marker(at, {
      interactive: false, keyboard: false,
      icon: L.divIcon({ className: "map-count", html: element("span", "", String(number)), iconSize: null }),
    }))));
    if (!levels.length) return;
    const show = () => {
      const [one, other] = [bounds.getNorthWest(), bounds.getSouthEast()].map((at) => map.latLngToLayerPoint(at));
      const pixels = (other.x - one.x) * (other.y - one.y);
      const fit = shapes.levels.filter(({ counts }) => pixels >= ROOM * counts.length);
      const chosen = shapes.levels.indexOf(fit.at(-1) ?? shapes.levels[0]);
      levels.forEach((level, at) => { if (at === chosen) level.addTo(map); else level.remove(); });
      said.textContent = shapes.levels[chosen].counted;
    };
    map.on("zoomend", show);
    show();
  };

  // Each property with a known coordinate; the lists of the page have the same, for the keyboard.
  const pointed = (map, points, whole) => {
    const all = L.layerGroup(points.map(({ at, name, url }) => {
      const anchor = element("a", "", name);
      anchor.href = url;
      return L.circleMarker(at, { className: "map-point", radius: POINT }).bindTooltip(element("span", "", name), { direction: "top" }).bindPopup(anchor);
    }));
    const show = () => { if (map.getZoom() >= whole + NEAR) all.addTo(map); else all.remove(); };
    map.on("zoomend", show);
    show();
  };

  const draw = (box, shapes) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.hidden = false;
    const map = L.map(box, {
      keyboard: false, scrollWheelZoom: false, dragging: !L.Browser.mobile, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
      renderer: L.svg({ padding: 1 }),
    });
    L.control.zoom({ zoomInTitle: "Zooma in", zoomOutTitle: "Zooma ut" }).addTo(map);
    map.attributionControl.setPrefix(false);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { alt: "" }).addTo(map);
    [box.dataset.attribution, ...shapes.sources.map((source) => source.said)].filter(Boolean)
      .forEach((text) => map.attributionControl.addAttribution(element("span", "", text).innerHTML));
    const layers = [];
    const all = L.geoJSON(shapes, {
      style: ({ properties }) => ({
        className: `map-area map-${properties.state}`,
        fillColor: properties.pattern ? `url(#karta-${properties.state === "double" ? "flera" : properties.pattern})` : "",
        fillOpacity: box.dataset.tiles ? 0.7 : 1,
      }),
      onEachFeature: (feature, layer) => {
        layers.push(layer);
        layer.bindTooltip(element("span", "", feature.properties.name), { direction: "top" });
        layer.bindPopup(said(feature));
      },
    });
    map.fitBounds(all.getBounds(), { padding: [12, 12], animate: false });
    all.addTo(map);
    shapes.labels.forEach(({ text, at }) => L.marker(at, {
      interactive: false, keyboard: false,
      icon: L.divIcon({ className: "map-number", html: element("span", "", text), iconSize: null }),
    }).addTo(map));
    named(map, layers);
    const whole = map.getZoom();
    map.setMinZoom(whole - 0.5);
    // A finger rolls the page past the whole map, and moves a part of it.
    if (L.Browser.mobile) map.on("zoomend", () => map.dragging[map.getZoom() > whole ? "enable" : "disable"]());
    box.querySelector("svg").prepend(patterns(shapes.groups));
    byKeyboard(map, layers);
    const told = legend(shapes);
    box.after(told);
    counted(map, shapes, all.getBounds(), told.querySelector(".map-counted"));
    if (shapes.points?.length) pointed(map, shapes.points, whole);
    document.getElementById(box.dataset.instead)?.classList.add("print-only");
  };

  document.querySelectorAll("[data-map][data-shapes]").forEach(async (box) => {
    try {
      const answer = await fetch(box.dataset.shapes, { headers: { Accept: "application/geo+json" } });
      const shapes = answer.ok ? await answer.json() : { features: [] };
      if (shapes.features.length) draw(box, shapes);
    } catch {
      box.hidden = true; // the picture says the same
    }
  });
})();
