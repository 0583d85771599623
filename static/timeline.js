// A timeline wider than its box opens where the line of the day is. Without this file it opens at its first year.
(() => {
  "use strict";
  document.querySelectorAll(".chart").forEach((box) => {
    const line = box.querySelector(".day-line");
    if (!line) return;
    const seats = box.querySelector(".chart-seats").clientWidth;
    const place = line.getBoundingClientRect().left - box.getBoundingClientRect().left;
    box.scrollLeft = place - seats - (box.clientWidth - seats) * 0.7;
  });
})();
