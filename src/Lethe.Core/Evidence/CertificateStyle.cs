namespace Lethe.Core.Evidence;

/// <summary>The style sheet of certificates: for paper first, light and dark on screens.</summary>
internal static class CertificateStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#fbfaf7;--card:#fff;--ink:#1c2430;--soft:#5b6675;--line:#dcd9d0}
        @media screen and (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2029;--ink:#e6eaf0;--soft:#9aa7b6;--line:#333d4b}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        main{max-width:820px;margin:24px auto;padding:28px 32px;background:var(--card);border:1px solid var(--line);border-radius:8px}
        header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:8px 24px;border-bottom:2px solid var(--ink);padding-bottom:10px}
        h1{font-size:1.5rem;margin:0;line-height:1.2}h2{font-size:.98rem;margin:0 0 4px}p{margin:3px 0}.kicker{color:var(--soft);font-size:.75rem;letter-spacing:.08em;text-transform:uppercase}.soft,dt{color:var(--soft)}
        .verdict{font-weight:700;font-size:1.35rem;color:#fff;background:#67717e;border-radius:8px;padding:6px 16px}.complete{background:#1d7a52}.incomplete{background:#b3293b}
        section{margin-top:14px}h2{break-after:avoid}tr,li,pre,dd{break-inside:avoid}dl{display:grid;grid-template-columns:minmax(120px,27%) 1fr;gap:2px 14px;margin:0}dt,dd{margin:0;overflow-wrap:anywhere}dt{font-size:.86rem}
        .hash,code,pre{font:.8rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}pre{margin:3px 0;padding:5px 8px;border:1px solid var(--line);border-radius:5px;white-space:pre-wrap}
        table{border-collapse:collapse;width:100%;margin:5px 0;font-size:.86rem;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:2px 8px 2px 0;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}
        ul{margin:0;padding-left:1.2em}li{margin:1px 0}
        @media(max-width:600px){main{margin:0;padding:16px 14px;border:0;border-radius:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:6px}table{font-size:.78rem}}
        @page{size:A4;margin:11mm 14mm}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb}body{font-size:8.8pt;line-height:1.32}h1{font-size:15pt}h2{font-size:10.5pt}dt,table{font-size:8.4pt}main{max-width:none;margin:0;padding:0;border:0}section{margin-top:8px}.hash,code,pre{font-size:7.6pt;line-height:1.35}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;
}
