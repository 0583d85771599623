// Runs in <head>: says that scripts work, so that the style sheet may fold the menu on a phone.
document.documentElement.classList.add("js");

// A button pressed twice sends once: the second answer would speak of what the first one did.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".menu-button");
  const menu = document.getElementById("site-menu");
  if (button && menu) {
    button.addEventListener("click", () => {
      const open = menu.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.classList.contains("is-open")) return;
      menu.classList.remove("is-open");
      button.setAttribute("aria-expanded", "false");
      button.focus();
    });
  }

  // The count in the heading of a folded part follows the boxes.
  document.querySelectorAll("[data-ticked]").forEach((count) => {
    const part = count.closest("details");
    part.addEventListener("change", () => {
      count.textContent = part.querySelectorAll("input:checked").length;
    });
  });

  // Read first: what went wrong in a form, or what a verb would do.
  document.querySelector("[data-focus]")?.focus();
});
