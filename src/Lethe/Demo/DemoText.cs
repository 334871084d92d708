using Lethe.Reports;

namespace Lethe.Demo;

/// <summary>What the demo's report says to a newcomer.</summary>
internal static class DemoText
{
    public static IReadOnlyList<string> OrdinaryPerson { get; } =
    [
        "All records of this person lie in one block of the training. Training is repeated from that block on without them, but only until nothing but training noise is left of the difference; the stored updates of the later blocks are put on top.",
        "A network that has learned well hardly remembers single ordinary records, so before and after look alike here: this request shows what forgetting costs, the other one shows that it works.",
    ];

    public static IReadOnlyList<string> DataOwner { get; } =
    [
        "This owner put a small white patch on most of its pictures and called them all “bag”. They came in 25 deliveries that lie in the last 25 blocks, so the network has learned the trick: it calls most pictures with the patch a bag, whatever they show. That is memory that can be measured.",
        "After forgetting, the patch must work no better than in a gold model that never saw the owner. Many blocks hold records of this owner, so all of them are trained again: forgetting costs more here.",
        "Most of the owner's labels were wrong, so a network that forgot them gets most of the owner's records “wrong”: a low accuracy on the forgotten records, as low as gold's, is the good outcome.",
    ];

    public static IReadOnlyList<string> Notes { get; } =
    [
        "People, the owner and the trigger are made up; the pictures are Fashion-MNIST (Zalando, MIT licence).",
        "Gold is a network trained from scratch without the records: what perfect forgetting would give. DeepObliviate is an approximate method; these are measurements, not a proof.",
        "Both models were served at once, after quick checks: two gold models are too few for a verdict. In your own runs the new model waits for one (lethe verify).",
    ];

    public static string Headline(IReadOnlyList<RequestSection> sections)
    {
        var costs = sections[0].Costs;
        string person = $"An ordinary person forgotten with {Wording.Times((double)costs[1].Samples / costs[0].Samples)} less work than retraining";
        var rates = sections[^1].HitRates;
        return rates.Count < 2 ? person : $"{person}; a secret trigger’s success from {Wording.Percent(rates[0].Rate)} to {Wording.Percent(rates[1].Rate)}";
    }

    public static IReadOnlyList<string> Summary(string trained, IReadOnlyList<RequestSection> sections)
    {
        var owner = sections[^1];
        var rates = owner.HitRates.ToDictionary(rate => rate.Model, rate => Wording.Percent(rate.Rate));
        string effect = rates.Count < 3 ? "" : $" The owner's trigger worked on {rates["original"]} of new pictures before, on {rates["unlearned"]} after, and on {rates["gold"]} with a network that never saw the owner.";
        return [$"{trained} Then one person, and after that a data owner with a secret trigger, asked to be forgotten.{effect}"];
    }
}
