// Saves what is typed in the sections of a follow-up, at most five seconds after it was typed.
// Until the server has answered, a copy lies in this tab: a server that stops, a session that
// ends or a page that is loaded again loses nothing. Without this file each section has its button.
(() => {
  "use strict";
  const EVERY = 4000; // milliseconds from the first unsaved letter
  const AGAIN = 5000; // after a save that did not reach the server
  const prefix = "avsnitt:";

  class Section {
    constructor(form) {
      this.form = form;
      this.text = form.elements.text;
      this.basedOn = form.elements.based_on;
      this.status = form.querySelector("[data-autosave-status]");
      this.slot = `${prefix}${form.dataset.autosave}:${form.getAttribute("action")}`;
      this.timer = null;
      this.busy = false;
      this.stopped = false;
      this.loggedOut = false;
      this.again = false;
      this.refused = "";
      this.known = this.state();
      form.addEventListener("input", () => this.changed());
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.save();
      });
    }

    state() {
      const { judgement, done } = this.form.elements;
      return JSON.stringify([this.text.value, judgement ? judgement.value : "", done.checked]);
    }

    get dirty() {
      return this.state() !== this.known;
    }

    say(words, bad = false) {
      this.status.textContent = words;
      this.status.classList.toggle("error", bad);
    }

    changed() {
      this.keep();
      if (this.stopped) return;
      if (!this.busy) this.say("Inte sparat än.");
      if (!this.timer) this.timer = setTimeout(() => this.save(), EVERY);
    }

    // The copy in this tab: what stands here, and which saved text it was written from.
    keep() {
      try {
        if (this.dirty) sessionStorage.setItem(this.slot, JSON.stringify([this.basedOn.value, this.state()]));
        else sessionStorage.removeItem(this.slot);
      } catch {
        // A full or forbidden store: what is typed still stands on the page.
      }
    }

    // What this tab had not saved when the page was left.
    restore() {
      let kept;
      try {
        kept = JSON.parse(sessionStorage.getItem(this.slot));
      } catch {
        return;
      }
      if (!kept || kept[1] === this.known) return void this.keep();
      this.fill(JSON.parse(kept[1]));
      this.basedOn.value = kept[0];
      this.say("Det du skrev står kvar. Inte sparat än.");
      this.timer = setTimeout(() => this.save(), 0);
    }

    fill([text, judgement, done]) {
      this.text.value = text;
      if (this.form.elements.judgement) this.form.elements.judgement.value = judgement;
      this.form.elements.done.checked = done;
    }

    async save(last = false) {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.busy) return void (this.again = true);
      if (this.stopped && !last) return;
      const sent = this.state();
      if (sent === this.known) return this.say("Sparat.");
      this.busy = true;
      try {
        if (this.loggedOut && !(await this.signedInAgain())) return;
        const answer = await fetch(this.form.action, {
          method: "POST",
          body: new URLSearchParams(new FormData(this.form)),
          headers: { Accept: "application/json" },
          keepalive: last && this.text.value.length < 15000,
          redirect: "manual",
        });
        await this.take(answer, sent);
      } catch {
        this.later("Servern svarar inte. Det du skrev står kvar här och sparas när den svarar.");
      } finally {
        this.busy = false;
        if (this.again || (this.dirty && !this.timer && !this.stopped && this.state() !== this.refused)) {
          this.again = false;
          this.timer ??= setTimeout(() => this.save(), EVERY);
        }
      }
    }

    async take(answer, sent) {
      if (answer.type === "opaqueredirect") {
        this.loggedOut = true;
        return this.signIn();
      }
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      const told = isJson ? await answer.json() : {};
      if (answer.ok && isJson) {
        this.known = sent;
        this.basedOn.value = told.revision;
        this.keep();
        this.mark(told.done);
        return this.say(this.dirty ? `Sparat klockan ${told.at}. Mer är inte sparat än.` : `Sparat klockan ${told.at}.`);
      }
      if (answer.status === 409 && isJson) return this.choose(told);
      if (answer.status === 422 && isJson) {
        this.refused = sent; // not sent again until something else stands there
        return this.say(told.message, true);
      }
      if (answer.status === 403) {
        this.loggedOut = true; // the frame's own token is too old, or the right has ended
        return this.later("Det gick inte att spara. Vi försöker igen. Det du skrev står kvar här.");
      }
      this.later("Servern kunde inte spara. Det du skrev står kvar här, och vi försöker igen.");
    }

    later(words) {
      this.say(words, true);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN);
    }

    signIn() {
      this.later("Du har loggats ut. Din text är sparad på den här sidan. ");
      const link = document.createElement("a");
      link.href = `/konto/logga-in/?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Logga in och fortsätt.";
      this.status.append(link);
    }

    // Whether somebody has signed in since; the page then has a new token to send.
    async signedInAgain() {
      const answer = await fetch(location.pathname, { redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        this.signIn();
        return false;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("[data-autosave] [name=csrfmiddlewaretoken]");
      if (!token || page.querySelector("[data-autosave]").dataset.autosave !== this.form.dataset.autosave) {
        this.stopped = true;
        this.say("Du kan inte längre skriva här. Kopiera det du skrev.", true);
        return false;
      }
      document.querySelectorAll("[data-autosave] [name=csrfmiddlewaretoken]").forEach((field) => (field.value = token.value));
      this.loggedOut = false;
      return true;
    }

    // Somebody else has saved: both texts stand here until the writer has chosen.
    choose(newer) {
      this.stopped = true;
      this.keep();
      this.form.querySelector(".conflict")?.remove();
      const box = document.createElement("div");
      box.className = "conflict note note-warn";
      box.setAttribute("role", "alert");
      const inner = document.createElement("div");
      inner.className = "stack";
      box.append(inner);
      const words = document.createElement("p");
      words.textContent = newer.message;
      const label = document.createElement("label");
      label.textContent = "Den sparade texten";
      const other = document.createElement("textarea");
      other.readOnly = true;
      other.rows = 8;
      other.value = newer.text;
      other.id = `${this.text.id}_other`;
      label.htmlFor = other.id;
      const buttons = document.createElement("p");
      buttons.className = "cluster";
      const settle = (label, work) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn";
        button.textContent = label;
        button.addEventListener("click", () => {
          this.basedOn.value = newer.revision;
          this.known = JSON.stringify([newer.text, newer.judgement, newer.done]);
          this.stopped = false;
          work();
        });
        buttons.append(button);
      };
      settle("Spara min text", () => {
        box.remove();
        this.save();
      });
      settle("Behåll den sparade texten", () => {
        label.textContent = "Din text, som inte är sparad";
        other.value = this.text.value;
        words.textContent = "Den sparade texten gäller. Din egen står kvar här tills du lämnar sidan.";
        buttons.remove();
        this.fill([newer.text, newer.judgement, newer.done]);
        this.keep();
        this.mark(newer.done);
        this.say("Sparat.");
      });
      inner.append(words, label, other, buttons);
      this.form.prepend(box);
      this.say("Din text är inte sparad. Välj vilken text som ska gälla.", true);
    }

    mark(done) {
      const place = document.querySelector(`[data-status-of="${this.text.id.split("_")[1]}"]`);
      if (place) place.textContent = done ? "Klart" : this.text.value ? "Påbörjat" : "Saknas";
    }
  }

  const sections = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Section(form));
  document.querySelectorAll("[data-autosave-says]").forEach((words) => (words.hidden = false));

  // What another account left in this tab is not for whoever signs in next.
  const mine = sections[0] && `${prefix}${sections[0].form.dataset.autosave}:`;
  try {
    Object.keys(sessionStorage).forEach((key) => {
      if (key.startsWith(prefix) && mine && !key.startsWith(mine)) sessionStorage.removeItem(key);
    });
  } catch {
    // No store, nothing left in it.
  }
  sections.forEach((section) => section.restore());

  // The whole text, to be copied, follows what stands in the sections.
  const whole = document.getElementById("hela-texten");
  const gather = () => {
    const parts = sections.map(({ form, text }) => {
      const judgement = form.elements.judgement;
      const judged = judgement && judgement.value ? `Bedömning: ${judgement.selectedOptions[0].textContent}` : "";
      return [form.dataset.section, judged, text.value].filter(Boolean).join("\n");
    });
    whole.value = parts.join("\n\n");
  };
  if (whole) document.addEventListener("input", (event) => event.target.closest("[data-autosave]") && gather());

  const leave = () => sections.filter((section) => section.dirty && !section.stopped).forEach((section) => section.save(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("pagehide", leave);
})();
