using Lethe.Core.Partitions;

namespace Lethe.Conventions.Tests;

/// <summary>The program of the documents, compiled. It is not run: it would train a network.</summary>
internal static class LibraryExample
{
    public static void TrainAndForget(CancellationToken cancellation)
    {
        var engine = new LetheEngine();
        var training = engine.Train(new TrainingRequest
        {
            Data = new DataRequest { Source = "csv:people.csv?label=income&subject=person" },
            Out = "run",
            Model = "mlp",
            Partition = PartitionKind.BySubject,
        }, cancellation: cancellation);
        Console.WriteLine($"trained to {training.TestAccuracy:P1}, model {training.Digest.Short}");

        var alice = new RecordSelection { Subjects = "alice" };
        foreach (var plan in engine.Plan("run", alice).Plans)
            Console.WriteLine($"{plan.Method}: {plan.Refusal ?? $"{plan.Estimate.Samples:N0} samples, {plan.Guarantee}"}");

        var forgotten = engine.Forget("run", alice, new ForgettingOptions { Reason = "request of 3 May" }, cancellation: cancellation);
        Console.WriteLine($"{forgotten.Headline} {forgotten.Decision} Report: {forgotten.Report}");

        var verified = engine.Verify("run", new VerificationOptions { Promote = true }, cancellation: cancellation);
        Console.WriteLine(verified.NotPromoted ?? $"{verified.Verdict.Kind}: the model without the records is served");

        engine.Export("run", ExportFormat.Safetensors, "model.safetensors");
    }
}
