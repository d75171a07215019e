/** The look of the API's page: the colours of the demo page, and tables that scroll by themselves on a phone. */
export const docsStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;background:light-dark(#f6f6fb,#14131c);color:light-dark(#1d1b2e,#ecebf6)}
body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 3rem;max-width:60rem}
a{color:light-dark(#4f42c4,#b3a9ff)}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2.5rem}h3{font-size:1.02rem;margin:0}
section{background:light-dark(#fff,#1f1d2b);border:1px solid light-dark(#dddbe9,#37344a);border-radius:1rem;padding:1rem 1.2rem;margin:.8rem 0}
section p{margin:.4rem 0}
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
.method{background:light-dark(#4f42c4,#b3a9ff);color:light-dark(#fff,#17142b);border-radius:.4rem;padding:.1rem .5rem}
.wide{overflow-x:auto;margin-top:.6rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid light-dark(#dddbe9,#37344a)}
th{color:light-dark(#5b5872,#aeabc6);font-weight:500}`;
