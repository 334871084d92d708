using Lethe.Torch;
using Lethe.Training.Training;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>
/// The shards of a SISA run as one model: its softmax is the shards' aggregate, so that every measure and export works on it. State-dict
/// names are <c>shards.0.conv1.weight</c>, ….
/// </summary>
public sealed class EnsembleModel : nn.Module<Tensor, Tensor>, IScripted
{
    /// <summary>Share of the mean softmax that is mixed into the votes: it decides ties and keeps losses finite.</summary>
    private const double TieShare = 1e-3;

    /// <summary>The smallest normal Float32: a class that no shard gives any probability keeps a finite loss.</summary>
    private const string Least = "1.1754943508222875e-38";

    private readonly nn.Module<Tensor, Tensor>[] members;
    private readonly Aggregation aggregation;

    /// <summary>Joins models; they belong to the ensemble.</summary>
    /// <param name="members">At least one model, all with the same classes.</param>
    /// <param name="aggregation">How their answers become one.</param>
    public EnsembleModel(IReadOnlyList<nn.Module<Tensor, Tensor>> members, Aggregation aggregation)
        : base(nameof(EnsembleModel))
    {
        ArgumentNullException.ThrowIfNull(members);
        (this.members, this.aggregation) = ([.. members], aggregation);
        register_module("shards", new MemberList(this.members));
    }

    /// <summary>The shards' models in order.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Members => members;

    string IScripted.Script => ScriptText.Forward(
        [.. Enumerable.Range(0, members.Length).Select(member => $"p{member} = torch.softmax(getattr(self.shards, \"{member}\").forward(x), 1)"),
        "mean = " + Sum("p{0}"),
        .. aggregation == Aggregation.Mean
            ? (string[])[$"return torch.log(torch.clamp(mean, {Least}))"]
            : ["votes = " + Sum("torch.one_hot(torch.argmax(p{0}, 1), mean.size(1)).to(mean.dtype)"), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"return torch.log(torch.clamp(votes * {1 - TieShare} + mean * {TieShare}, {Least}))")]]);

    /// <summary>Gives log-probabilities (n, classes), Float32.</summary>
    /// <param name="input">Normalised samples (n, …).</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor mean = zeros([1], device: input.device), votes = zeros([1], device: input.device);
        foreach (var member in members)
        {
            var probabilities = member.call(input).to(ScalarType.Float32).softmax(1);
            mean = mean + probabilities / members.Length;
            if (aggregation == Aggregation.Vote) votes = votes + F.one_hot(probabilities.argmax(1), probabilities.shape[1]).to(ScalarType.Float32) / members.Length;
        }
        return (aggregation == Aggregation.Mean ? mean : votes * (1 - TieShare) + mean * TieShare)
            .clamp(min: double.Parse(Least, System.Globalization.CultureInfo.InvariantCulture)).log().MoveToOuterDisposeScope();
    }

    private string Sum(string term) =>
        $"({string.Join(" + ", Enumerable.Range(0, members.Length).Select(member => string.Format(System.Globalization.CultureInfo.InvariantCulture, term, member)))}) / {members.Length}";

    private sealed class MemberList : nn.Module
    {
        public MemberList(IReadOnlyList<nn.Module<Tensor, Tensor>> members) : base("MemberList")
        {
            for (var member = 0; member < members.Count; member++) register_module(member.ToString(System.Globalization.CultureInfo.InvariantCulture), members[member]);
        }
    }
}
