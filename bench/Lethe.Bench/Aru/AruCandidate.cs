using Lethe.Methods;
using Lethe.Methods.Options;

namespace Lethe.Bench.Aru;

/// <summary>A row of the table: a method with the settings that it may be run with.</summary>
/// <param name="Label">The row's name.</param>
/// <param name="Method">The method's name in the catalogue.</param>
/// <param name="Settings">Settings of which the best on the development writers is used; a single one is used as it is.</param>
/// <param name="LikeAru">Takes the settings that were chosen for ARU, and adds its own single ones.</param>
internal sealed record AruCandidate(string Label, string Method, IReadOnlyList<MethodOptions> Settings, bool LikeAru = false)
{
    public const string Aru = "ARU";

    /// <summary>ARU, its controls and the baselines. Those that this build does not know are left out of the table.</summary>
    public static IReadOnlyList<AruCandidate> All { get; } =
    [
        new("fine-tune", "fine-tune", Rates("1e-4", "1e-3", "3e-3")),
        new("CF-3", "cf-k", Rates("1e-4", "1e-3", "3e-3")),
        new("EU-3", "eu-k", Rates("1e-4", "1e-3", "3e-3")),
        new("NegGrad", "neg-grad", Rates("1e-4", "1e-3", "1e-2")),
        new("AdvancedNegGrad", "advanced-neg-grad", Rates("1e-5", "1e-4", "1e-3")),
        new("UNSIR, adapted to records", "unsir-records", [.. new[] { "1e-3", "3e-3", "1e-2" }.Select(rate => MethodOptions.Of(("impair-lr", rate)))]),
        new("SCRUB", "scrub", Rates("5e-5", "5e-4", "5e-3")),
        new("MSG", "msg", Rates("1e-3", "3e-3", "1e-2")),
        new(Aru, "aru", [MethodOptions.None, MethodOptions.Of(("batch-size", "25")), MethodOptions.Of(("share", "0.8"))]),
        new("ARU, attack maximises", "aru", [MethodOptions.Of(("attack-direction", "maximize"))], LikeAru: true),
        new("ARU, random mask", "aru", [MethodOptions.Of(("mask", "random"))], LikeAru: true),
        new("ARU, uniform noise", "aru", [MethodOptions.Of(("mask", "noise"))], LikeAru: true),
        new("ARU, largest scores", "aru", [MethodOptions.Of(("mask", "largest"))], LikeAru: true),
        new("ARU, mask by MSG's gradients", "aru", [MethodOptions.Of(("mask", "msg"))], LikeAru: true),
        new("ARU, convolutions only", "aru", [MethodOptions.Of(("layers", "convolutions"))], LikeAru: true),
        new("ARU, no reset", "aru", [MethodOptions.Of(("mask", "none"))]),
        .. new[] { "0.05", "0.1", "0.2", "0.4", "0.5" }.Select(share =>
            new AruCandidate($"ARU, share {100 * double.Parse(share, System.Globalization.CultureInfo.InvariantCulture):0} %", "aru", [MethodOptions.Of(("share", share))], LikeAru: true)),
    ];

    /// <summary>Whether this build has the method, with these options.</summary>
    public bool IsKnown
    {
        get
        {
            if (!MethodCatalog.Names.Contains(Method)) return false;
            var options = MethodCatalog.Find(Method).Descriptor.Options;
            return Settings.All(setting => setting.Values.Keys.All(name => options.Any(option => option.Name == name)));
        }
    }

    /// <summary>The settings to run with, given the ones that were chosen for ARU.</summary>
    public MethodOptions Resolve(MethodOptions chosen, MethodOptions chosenForAru) => LikeAru
        ? MethodOptions.Of(chosenForAru.Values.Concat(chosen.Values).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value))
        : chosen;

    private static MethodOptions[] Rates(params IEnumerable<string> rates) => [.. rates.Select(rate => MethodOptions.Of(("lr", rate)))];
}
