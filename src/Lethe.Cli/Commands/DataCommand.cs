using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Reports;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe data describe SOURCE</c>.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand() : base("data", "Looks at data sources.") => Subcommands.Add(new DescribeCommand());

    private sealed class DescribeCommand : Command, IExplained
    {
        private readonly Argument<string> _source = new("SOURCE") { Description = "Where the data comes from; the forms are listed below." };
        private readonly DataOptionSet _data = new();

        public DescribeCommand() : base("describe", "Prints what a data source holds: records, classes, people, columns.")
        {
            Arguments.Add(_source);
            _data.AddTo(this);
            SetAction(parsed => Run(parsed));
        }

        public IReadOnlyList<string> Examples { get; } =
        [
            "lethe data describe fashion-mnist",
            "lethe data describe mnist:data/mnist --writers data/mnist/qmnist-train-labels-idx2-int.gz",
            "lethe data describe 'csv:people.csv?label=income&subject=person'",
        ];

        public string Notes => "SOURCE is one of:\n  " + LetheEngine.SourceForms.Replace("\n", "\n  ", StringComparison.Ordinal);

        private int Run(ParseResult parsed)
        {
            var description = new LetheEngine().DescribeData(_data.Read(parsed, parsed.GetRequiredValue(_source)));
            new Screen(parsed).Result(description, DataText.Print);
            return ExitCodes.Success;
        }
    }
}
