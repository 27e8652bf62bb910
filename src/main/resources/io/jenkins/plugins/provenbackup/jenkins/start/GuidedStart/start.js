(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    if (event.target.closest(".proven-backup-print")) {
      window.print();
    }
  });

  /* Shows how far the work is, and loads the page anew when it ended. */
  function look(status) {
    var running = status.querySelector('[data-state="running"]');
    if (!running) {
      return;
    }
    window.setTimeout(function () {
      fetch(status.dataset.url, { cache: "no-store" })
        .then(function (answer) {
          return answer.ok ? answer.text() : Promise.reject(answer.status);
        })
        .then(function (html) {
          status.innerHTML = html;
          if (status.querySelector('[data-state="running"]')) {
            look(status);
          } else {
            window.location.reload();
          }
        })
        .catch(function () {
          look(status);
        });
    }, 1000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var status = document.getElementById("proven-backup-status");
    if (status) {
      look(status);
    }
  });
})();
