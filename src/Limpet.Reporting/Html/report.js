
"use strict";
// Works on what the page shows already. It must hold no ampersand and no less-than sign: then the page is well-formed XML too.
const units = {
  Bytes: n => {
    let unit = 0, size = Math.abs(n);
    while (size >= 1024) { size /= 1024; unit++; }
    return (n >= 0 ? "" : "-") + (unit === 0 ? size : size.toPrecision(3)) + " " + ["B", "KiB", "MiB", "GiB", "TiB", "PiB"][unit];
  },
  Seconds: n => n.toFixed(n >= 100 ? 0 : 1) + " s",
  Count: n => n.toLocaleString("en", { maximumFractionDigits: 2 }),
};
for (const svg of document.querySelectorAll("svg[data-plot]")) {
  const [left, right, top, bottom, low, high] = svg.dataset.plot.split(" ").map(Number);
  const lines = Array.from(svg.querySelectorAll("g.line"), g => ({ name: g.dataset.name, x: g.dataset.x.split(" ").map(Number), y: g.dataset.y.split(" ").map(Number) })).reverse();
  const along = n => svg.dataset.along === "Seconds" ? units.Seconds(n) : units.Count(n) + " " + svg.dataset.along;
  const pointer = svg.querySelector("line").cloneNode();
  pointer.setAttribute("class", "pointer");
  pointer.setAttribute("y1", top);
  pointer.setAttribute("y2", bottom);
  const box = document.createElement("div");
  box.className = "reading";
  const leave = () => { pointer.remove(); box.remove(); };
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("pointermove", event => {
    const frame = svg.getBoundingClientRect();
    const px = (event.clientX - frame.left) * svg.viewBox.baseVal.width / frame.width;
    if (left > px || px > right) { leave(); return; }
    const wanted = low + (px - left) / (right - left) * (high - low);
    const near = line => line.x.reduce((best, x, i) => Math.abs(line.x[best] - wanted) > Math.abs(x - wanted) ? i : best, 0);
    const main = lines[0].x[near(lines[0])];
    const texts = [along(main)];
    for (const line of lines) {
      const i = near(line);
      const there = Math.abs(line.x[i] - main) * 25 > high - low ? false : true;
      if (there) { texts.push(units[svg.dataset.unit](line.y[i]) + (lines.length > 1 ? "  " + line.name : "")); }
    }
    const at = left + (main - low) / (high - low) * (right - left);
    pointer.setAttribute("x1", at);
    pointer.setAttribute("x2", at);
    svg.append(pointer);
    box.textContent = texts.join("\n");
    svg.parentElement.append(box);
    const place = at / svg.viewBox.baseVal.width * frame.width;
    box.style.left = (place > frame.width / 2 ? Math.max(0, place - box.offsetWidth) : place + 28) + "px";
  });
}
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    head.dataset.sort = "";
    head.addEventListener("click", () => {
      const down = head.dataset.sort !== "down";
      heads.forEach(other => { other.dataset.sort = ""; });
      head.dataset.sort = down ? "down" : "up";
      const value = row => row.cells[column].dataset.v === undefined ? row.cells[column].textContent : Number(row.cells[column].dataset.v);
      const order = (a, b) => a === b ? 0 : typeof a === "number" ? a - b : a.localeCompare(b);
      body.append(...Array.from(body.rows).sort((a, b) => order(value(a), value(b)) * (down ? -1 : 1)));
    });
  });
}
