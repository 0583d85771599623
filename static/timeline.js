// A timeline wider than its box opens where the line of the day is, and what stands on its bars
// stays in sight when it is rolled. Without this file it opens at its first year.
(() => {
  "use strict";
  document.querySelectorAll(".chart").forEach((box) => {
    const names = Array.from(box.querySelectorAll(".name"), (name) => {
      const text = name.firstElementChild;
      return { name, text, x: Number(text.getAttribute("x")), length: text.getComputedTextLength() };
    });
    function follow() {
      names.forEach(({ name, text, x, length }) => {
        const hidden = box.scrollLeft - name.x.baseVal.value;
        const last = name.width.baseVal.value - length - 7;
        text.setAttribute("x", Math.max(x, Math.min(hidden + 7, last)));
      });
    }
    box.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });

    const day = box.querySelector(".day-line");
    if (!day) return;
    const seats = box.querySelector(".chart-seats").clientWidth;
    box.scrollLeft = day.x1.baseVal.value - (box.clientWidth - seats) * 0.7;
  });
})();
