using Lethe.Bench.Results;

namespace Lethe.Bench;

/// <summary>One reproducible benchmark that writes its results files under <see cref="BenchContext.OutputDirectory"/>.</summary>
public interface IBenchSuite
{
    /// <summary>The name given on the command line, in kebab case.</summary>
    string Name { get; }

    /// <summary>One sentence: what is measured, on which data, and about how long it takes.</summary>
    string Description { get; }

    /// <summary>How it uses training seeds.</summary>
    SuiteSeeds Seeds { get; }

    /// <summary>Runs the whole suite and writes its results.</summary>
    /// <param name="context">Where to write, what to use, and how to tell about progress.</param>
    /// <param name="cancellationToken">Ends the suite between two measurements.</param>
    Task RunAsync(BenchContext context, CancellationToken cancellationToken);

    /// <summary>The page and its plots from the rows alone: nothing is measured, no data are read.</summary>
    /// <param name="file">Rows of this suite; those that are not there yet are left out of the tables.</param>
    ResultsPage Render(ResultsFile file);
}
