using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Editing;

/// <summary>What is known of an edit before any sample is read: enough to price it.</summary>
internal sealed class EditTask
{
    private readonly ulong _stream;

    public EditTask(MethodDescriptor method, ForgetRequest request, Run run, DatasetManifest data, ForgetScope scope, OptionValues options)
    {
        (Method, Run, Data, Options) = (method, run, data, options);
        Granularity = Granularities.Of(request, scope, data);
        var earlier = run.Index.Deleted.ToHashSet();
        Forgotten = new RecordSet(request.Records.Select(record => record.Value).Where(record => !earlier.Contains(record)), data.Labels);
        Retained = new RecordSet(scope.Retained(), data.Labels);
        _stream = CounterRandom.DeriveSeed(run.Recipe.Seed, HashOf(method.Name), (ulong)run.Index.History.Count);
    }

    public MethodDescriptor Method { get; }

    public Run Run { get; }

    public DatasetManifest Data { get; }

    public OptionValues Options { get; }

    public Recipe Recipe => Run.Recipe;

    /// <summary>What the request is about.</summary>
    public Granularity Granularity { get; }

    /// <summary>D_f: the records of this request that no earlier one forgot.</summary>
    public RecordSet Forgotten { get; }

    /// <summary>D_r: all records that stay.</summary>
    public RecordSet Retained { get; }

    /// <summary>Bytes of one Float32 for each parameter of the model.</summary>
    public long ParameterBytes()
    {
        using var module = Run.CreateModel();
        return module.parameters().Sum(parameter => parameter.numel()) * sizeof(float);
    }

    /// <summary>A seed that depends on the run's seed, the method, how many requests came before, and <paramref name="path"/>.</summary>
    public ulong Seed(params ReadOnlySpan<ulong> path)
    {
        var seed = _stream;
        foreach (var part in path) seed = CounterRandom.DeriveSeed(seed, part);
        return seed;
    }

    private static ulong HashOf(string name) => name.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL); // FNV-1a
}
