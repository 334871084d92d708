using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe forget RUN SELECTION</c>: makes the run's model forget, and destroys what still knew the records.</summary>
internal sealed class ForgetCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly SelectionOptionSet _selection = new();
    private readonly Option<string> _method = new("--method") { Description = "How to forget.", DefaultValueFactory = _ => "deep-obliviate" };
    private readonly Option<string?> _stop = new("--stop") { Description = "deep-obliviate: the rule that ends retraining; floor by default." };
    private readonly Option<double?> _epsilon = new("--epsilon") { Description = "deep-obliviate: the slope at which dfa and fit stop, relative to the first residual.", HelpName = "E" };
    private readonly Option<bool> _raw = new("--raw-epsilon") { Description = "deep-obliviate: --epsilon is absolute, not relative." };
    private readonly Option<double?> _floorFactor = new("--floor-factor") { Description = "deep-obliviate: floor stops at this many noise floors; 1 by default.", HelpName = "F" };
    private readonly Option<int?> _patience = new("--patience") { Description = "deep-obliviate: blocks in a row for which the stop rule must hold; 1 by default.", HelpName = "N" };
    private readonly Option<int?> _minimum = new("--min-blocks") { Description = "deep-obliviate: the least number of blocks to retrain.", HelpName = "N" };
    private readonly Option<bool> _jump = new("--jump") { Description = "deep-obliviate: stop and stitch between distant blocks, too." };
    private readonly Option<bool> _scratch = new("--from-scratch") { Description = "retrain: begin at the initial model; same bits, more work." };
    private readonly Option<double?> _rate = new("--lr") { Description = "fine-tune: the learning rate; a tenth of the recipe's by default.", HelpName = "R" };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "fine-tune: passes over the retained records.", HelpName = "N" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, stored with the request.", HelpName = "TEXT" };
    private readonly Option<bool> _noMeasure = new("--no-measure") { Description = "Do not measure the model before and after." };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();
    private readonly Option<bool> _pictures = new("--pictures") { Description = "Show some forgotten records in the stored report, which is personal data then." };

    public ForgetCommand() : base("forget", "Forgets records, people or classes, and destroys every checkpoint that knew them.")
    {
        _method.AcceptOnlyFromAmong([.. LetheEngine.Methods]);
        _stop.AcceptOnlyFromAmong("dfa", "fit", "floor");
        Arguments.Add(_run);
        _selection.AddTo(this);
        foreach (Option option in new Option[] { _method, _stop, _epsilon, _raw, _floorFactor, _patience, _minimum, _jump, _scratch, _epochs, _rate, _reason, _noMeasure, _pictures, _force })
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe forget run --records 17,23,40-50",
        "lethe forget people --subjects writer-12 --reason 'request of 3 May'",
        "lethe forget run --records @numbers.txt --method retrain",
        "lethe forget tabular --where \"age < 18\" --stop fit --jump",
    ];

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var selection = _selection.Read(parsed);
        var options = new ForgettingOptions
        {
            Method = parsed.GetRequiredValue(_method),
            Stop = parsed.GetValue(_stop),
            Epsilon = parsed.GetValue(_epsilon),
            RawEpsilon = parsed.GetValue(_raw),
            FloorFactor = parsed.GetValue(_floorFactor),
            Patience = parsed.GetValue(_patience),
            MinimumBlocks = parsed.GetValue(_minimum),
            Jump = parsed.GetValue(_jump),
            FromScratch = parsed.GetValue(_scratch),
            Epochs = parsed.GetValue(_epochs),
            LearningRate = parsed.GetValue(_rate),
            Reason = parsed.GetValue(_reason),
            Measure = !parsed.GetValue(_noMeasure),
            Pictures = parsed.GetValue(_pictures),
            ForceProfile = parsed.GetValue(_force),
        };
        var summary = screen.Work(progress => new LetheEngine().Forget(parsed.GetRequiredValue(_run), selection, options, progress, cancellation));
        screen.Result(summary, ForgettingText.Print);
        return ExitCodes.Success;
    }
}
