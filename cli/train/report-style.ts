export const reportStyle = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 70rem; margin: auto; padding: 1rem; }
pre { white-space: pre-wrap; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 0.2rem 0.6rem; text-align: right; }
figure { margin: 0; width: 112px; font-size: 0.8rem; overflow-wrap: anywhere; }
.sheet { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
.row { display: flex; gap: 0.5rem; }
.row figure:not(:first-child) { opacity: 0.75; }
svg text { font: 12px system-ui, sans-serif; fill: currentcolor; }
svg path, svg circle { stroke: currentcolor; }
/* Pictures are parts of one, which printers leave out without being told. */
.frame { width: 112px; height: 112px; display: grid; place-items: center; }
.photo { print-color-adjust: exact; }
`;
