namespace Lethe.Reports;

/// <summary>The style sheet of report pages: light and dark by the reader's setting, and fit for paper.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#fbfaf7;--card:#fff;--ink:#1c2430;--soft:#5b6675;--line:#e3e1da;--grid:#ecebe6;
        --original:#7b8794;--unlearned:#1f6fd1;--gold:#c4910c;--forgotten:#c93a4b;--retrained:#5b9bea;--stitched:#cfd8e3;--untouched:#e9e7e0;--stop:#c93a4b;--floor:#2a8a5f}
        @media screen and (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2029;--ink:#e6eaf0;--soft:#9aa7b6;--line:#2c3542;--grid:#27303b;
        --original:#8693a2;--unlearned:#5b9bf0;--gold:#dcae38;--forgotten:#ee6b7a;--retrained:#3f78c4;--stitched:#3a4656;--untouched:#252d38;--stop:#ee6b7a;--floor:#4cbd8b}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
        h1{font-size:clamp(1.5rem,1rem + 2vw,2.1rem);line-height:1.2;margin:.3rem 0 .8rem;letter-spacing:-.01em;text-wrap:balance}
        h2{font-size:1.3rem;margin:0 0 .2rem;line-height:1.25}h3{font-size:1rem;margin:0 0 .5rem}
        h1,h2,h3,p,td,th,li,figcaption,.pill{overflow-wrap:anywhere}p{margin:.4rem 0 .7rem;max-width:76ch}.kicker{color:var(--soft);font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;margin:0}
        .soft,figcaption{color:var(--soft);font-size:.87rem}.lead{font-size:1.06rem}
        section{margin-top:44px;padding-top:26px;border-top:1px solid var(--line)}
        .cards{columns:2 400px;column-gap:18px;margin-top:18px;orphans:1;widows:1}.cards figure{margin:0 0 18px;width:100%;display:inline-block}.cards:has(>figure:only-child){columns:1;max-width:640px}h4{font-size:.85rem;color:var(--soft);font-weight:500;margin:10px 0 6px}
        figure,.card{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;break-inside:avoid}
        figcaption{margin-top:8px}svg{width:100%;height:auto;display:block;overflow:visible}
        svg text{font-family:inherit;fill:var(--ink);font-size:13px}svg .tick,svg .axis{fill:var(--soft);font-size:12px}svg .strong{font-weight:600}svg .cell{font-size:12.5px;font-variant-numeric:tabular-nums}
        svg .value{font-weight:600;font-variant-numeric:tabular-nums}
        .grid{stroke:var(--grid)}.axis-line{stroke:var(--soft);stroke-width:1}.whisker{stroke:var(--ink);stroke-width:1.5}
        .original{fill:var(--original)}.unlearned{fill:var(--unlearned)}.gold{fill:var(--gold)}.neutral{fill:var(--original)}
        .forgotten{fill:var(--forgotten)}.retrained{fill:var(--retrained)}.stitched{fill:var(--stitched)}.untouched{fill:var(--untouched)}
        .line{fill:none;stroke-width:2.2}.line-original{stroke:var(--original)}.line-unlearned{stroke:var(--unlearned)}.line-gold{stroke:var(--gold)}
        .outline{fill:none;stroke:var(--ink);stroke-width:1.3}.chance{fill:none;stroke:var(--soft);stroke-dasharray:4 4}.mark{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
        .ring{fill:none;stroke:var(--grid)}.ring-gold{stroke:var(--gold);stroke-width:1.6}.gold-disk{fill:var(--gold);fill-opacity:.16}
        .area{fill-opacity:.14;stroke-width:1.8}.area-original{fill:var(--original);stroke:var(--original)}.area-unlearned{fill:var(--unlearned);stroke:var(--unlearned)}
        .curve{fill:none;stroke:var(--unlearned);stroke-width:1.6;opacity:.75}.dot{fill:var(--unlearned)}
        .fit{fill:none;stroke:var(--gold);stroke-width:2.4;stroke-dasharray:7 4}.stop{stroke:var(--stop);stroke-width:1.6}
        .floor{stroke:var(--floor);stroke-width:1.6;stroke-dasharray:2 3}.threshold{stroke:var(--stop);stroke-width:1.2;stroke-dasharray:6 4}
        .key{display:flex;flex-wrap:wrap;gap:4px 16px;margin:0 0 8px;padding:0;list-style:none;font-size:.85rem}
        .key i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
        i.original{background:var(--original)}i.unlearned{background:var(--unlearned)}i.gold{background:var(--gold)}
        i.forgotten{background:var(--forgotten)}i.retrained{background:var(--retrained)}i.stitched{background:var(--stitched)}i.untouched{background:var(--untouched)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
        th,td{text-align:left;padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
        th{font-weight:600;color:var(--soft);font-size:.8rem}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td small{display:block;color:var(--soft);font-size:.82rem;max-width:52ch;line-height:1.4}tr:last-child td{border-bottom:0}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px 24px;margin:0}dt{color:var(--soft);font-size:.8rem}
        dd{margin:0;overflow-wrap:anywhere}.hash{font:.78rem/1.4 ui-monospace,monospace}.pictures{display:flex;flex-wrap:wrap;gap:10px}.pictures div{width:72px;font-size:.72rem;line-height:1.25;color:var(--soft);text-align:center}
        .pictures img{width:64px;height:64px;object-fit:contain;image-rendering:pixelated;border-radius:4px;background:#000;display:block;margin:0 auto 4px}
        .warn{border-left:3px solid var(--forgotten);padding-left:10px}.warning{border-left:4px solid #d98200;padding:2px 0 2px 10px}.pill{display:inline-block;border:1px solid var(--line);border-radius:99px;padding:1px 10px;font-size:.8rem;color:var(--soft);margin:0 6px 4px 0}
        .verdict{display:inline-block;font-size:clamp(1.7rem,1.1rem + 2.6vw,2.7rem);font-weight:700;letter-spacing:.02em;line-height:1.15;margin:.5rem 0 .7rem;padding:.3rem 1.1rem;border-radius:10px;color:#fff;background:var(--verdict)}
        .complete{--verdict:#1d7a52}.incomplete{--verdict:#b3293b}.unverified{--verdict:#67717e}ul.reasons{margin:.4rem 0 1rem;padding-left:1.2em}.reasons li{margin:.25rem 0;max-width:76ch}
        .outcome{font-weight:600;white-space:nowrap}.within{color:var(--floor)}.outside{color:var(--stop)}.abstained{color:var(--soft)}td.wide{min-width:230px}.key i.line{height:2px;border-radius:0;background:var(--ink);vertical-align:4px}
        .maprows{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:20px 28px;margin-top:14px}.maps{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);gap:10px;max-width:560px;font-size:.78rem;line-height:1.3;color:var(--soft);break-inside:avoid}
        .maps img{width:100%;image-rendering:pixelated;border-radius:6px;background:#000;display:block;margin-bottom:4px}
        footer{margin-top:48px;color:var(--soft);font-size:.85rem}
        @media(max-width:600px){main{padding:24px 14px 40px}figure,.card{padding:12px}.cards{columns:1}svg text{font-size:15.5px}svg .tick,svg .axis{font-size:14px}
        .figures thead{display:none}.figures,.figures tbody,.figures tr,.figures td{display:block;width:100%}
        .figures tr{padding:10px 0;border-bottom:1px solid var(--line)}.figures td{border:0;padding:1px 0}
        .figures td.n{text-align:left;display:flex;gap:16px;justify-content:space-between;white-space:normal}.figures td.n::before{content:attr(data-name);color:var(--soft)}.figures td.goal::before{content:attr(data-name) ": ";color:var(--soft)}}
        @media(max-width:600px){td.wide{min-width:0}}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444}main{max-width:none;padding:0}section{break-before:auto}h1,h2,h3,h4{break-after:avoid}tr,.pictures div{break-inside:avoid}.scroll{overflow:visible}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;
}
