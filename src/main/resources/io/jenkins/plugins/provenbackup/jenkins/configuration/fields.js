/* Jenkins writes a title beside a field and does not tie the two, so a screen reader has no name for the field. Here the title becomes it. */
(function () {
  "use strict";

  function titleOf(field) {
    if (field.type === "checkbox" || field.type === "radio") {
      return field.parentElement.querySelector("label");
    }
    var item = field.closest(".jenkins-form-item");
    return item && item.querySelector(".jenkins-form-label");
  }

  /* Without the button that shows the help, which is within. */
  function wordsOf(title) {
    return Array.from(title.childNodes)
      .filter(function (node) {
        return node.nodeType === Node.TEXT_NODE;
      })
      .map(function (node) {
        return node.textContent;
      })
      .join(" ")
      .trim();
  }

  Behaviour.specify(
    ".proven-backup-fields :is(input:not([type='hidden']), select, textarea)",
    "proven-backup-fields",
    0,
    function (field) {
      var title = field.hasAttribute("aria-label") ? null : titleOf(field);
      var words = title ? wordsOf(title) : "";
      if (words) {
        field.setAttribute("aria-label", words);
      }
    },
  );
})();
