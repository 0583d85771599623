// A link to a file that takes a while to make tells how far it has come. Without this file it
// is a plain link to the same file.
//   <p><a href="…/rapport/pdf/" data-report-file>Hämta som PDF</a></p>
// What is said stands after the paragraph (or list) that the link is in.
(() => {
  "use strict";
  const BROKEN = "Filen kom inte fram hel. Försök igen.";
  const SILENT = "Servern svarar inte. Försök igen om en stund.";

  class Told extends Error {} // a sentence for the reader

  class Download {
    constructor(link) {
      this.link = link;
      const place = link.closest("p, ul, div") ?? link;
      this.box = document.createElement("div");
      this.box.className = "file-progress no-print";
      this.bar = document.createElement("progress");
      this.step = document.createElement("span");
      this.step.id = `framsteg-${document.querySelectorAll(".file-progress").length}`;
      this.bar.setAttribute("aria-labelledby", this.step.id);
      this.words = document.createElement("span"); // read aloud: when it begins and how it ends
      this.words.setAttribute("role", "status");
      this.box.append(this.bar, this.step, this.words);
      place.after(this.box);
    }

    async run() {
      this.busy = true;
      this.bar.hidden = this.step.hidden = false;
      this.bar.removeAttribute("value");
      this.step.textContent = "";
      this.say("Filen görs.", "visually-hidden"); // whoever sees reads the steps
      try {
        this.say(await this.fetched());
      } catch (reason) {
        this.say(reason instanceof Told ? reason.message : SILENT, "error");
      } finally {
        this.busy = false;
        this.bar.hidden = this.step.hidden = true;
      }
    }

    say(words, look = "") {
      this.words.textContent = words;
      this.words.className = look;
    }

    async fetched() {
      const address = new URL(this.link.href);
      address.searchParams.set("framsteg", "1");
      const answer = await fetch(address, { redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        location.reload(); // asks for a sign-in, and comes back to this page
        return "";
      }
      if (!(answer.headers.get("Content-Type") || "").startsWith("application/x-ndjson")) {
        location.assign(this.link.href); // the page that refuses says why
        return "";
      }
      const file = await this.followed(answer.body.getReader());
      const saved = document.createElement("a");
      saved.href = URL.createObjectURL(file.blob);
      saved.download = file.name;
      saved.click();
      setTimeout(() => URL.revokeObjectURL(saved.href), 60000);
      return `Klart. Filen heter ${file.name}.`;
    }

    // Lines of JSON until the one that names the file, which is all that follows.
    async followed(reader) {
      const parts = [];
      let kept = new Uint8Array();
      let file = null;
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true }));
        if (done) break;
        if (file) {
          parts.push(value);
          continue;
        }
        const all = new Uint8Array(kept.length + value.length);
        all.set(kept);
        all.set(value, kept.length);
        kept = all;
        for (let end; !file && (end = kept.indexOf(10)) >= 0; kept = kept.slice(end + 1)) {
          file = this.heard(JSON.parse(new TextDecoder().decode(kept.slice(0, end))));
        }
        if (file) parts.push(kept);
      }
      const blob = new Blob(parts, { type: file?.type });
      if (!file || blob.size !== file.size) throw new Told(BROKEN);
      return { blob, name: file.name };
    }

    heard(line) {
      if (line.error) throw new Told(line.error);
      if (line.name) return line;
      this.bar.max = line.of;
      this.bar.value = line.done;
      this.step.textContent = line.text;
      return null;
    }
  }

  const downloads = new WeakMap();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-report-file]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!downloads.has(link)) downloads.set(link, new Download(link));
    if (!downloads.get(link).busy) downloads.get(link).run();
  });
})();
