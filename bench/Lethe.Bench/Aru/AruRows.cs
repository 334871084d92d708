using Lethe.Bench.Results;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.Aru;

/// <summary>Names of the suite's figures, and what is measured of every model.</summary>
internal sealed class AruRows(ResultsFile file, AruScenario scenario)
{
    public const string Scenario = "10 % of the people", Development = "choosing hyper-parameters";
    public const string Original = "original", Gold = "gold", GoldOtherSeed = "gold, another seed";
    public const string TestAccuracy = "test accuracy", ForgottenAccuracy = "accuracy on forgotten", Membership = "membership attack accuracy";
    public const string ForgettingScore = "|membership attack accuracy - 0.5|", NoMusScore = "NoMUS", Gap = "NoMUS minus gold's";
    public const string Seconds = "seconds", Samples = "samples";

    private const ulong AttackSeed = 1;

    public void Add(string method, string metric, double value) =>
        file.Add(new ResultRow(scenario.Dataset, scenario.Recipe.Model, Scenario, method, scenario.Recipe.Seed, metric, value));

    /// <summary>Adds a setting's score on the development writers.</summary>
    public void AddChoice(string method, MethodOptions settings, double score) =>
        file.Add(new ResultRow(scenario.Dataset, scenario.Recipe.Model, Development, Choice(method, settings), scenario.Recipe.Seed, NoMusScore, score));

    /// <summary>Measures a model and adds its rows.</summary>
    /// <returns>Its NoMUS.</returns>
    public double Measure(string method, Func<TensorDataset, IReadOnlyList<int>?, EvaluationResult> evaluate)
    {
        var (test, forgotten, attack) = Look(evaluate);
        var score = NoMus.Of(test.Accuracy, attack.Accuracy);
        Add(method, TestAccuracy, test.Accuracy);
        Add(method, ForgottenAccuracy, forgotten.Accuracy);
        Add(method, Membership, attack.Accuracy);
        Add(method, ForgettingScore, attack.ForgettingScore);
        Add(method, NoMusScore, score);
        return score;
    }

    /// <summary>NoMUS alone, without rows.</summary>
    public double Score(Func<TensorDataset, IReadOnlyList<int>?, EvaluationResult> evaluate)
    {
        var (test, _, attack) = Look(evaluate);
        return NoMus.Of(test.Accuracy, attack.Accuracy);
    }

    /// <summary>The method of a development row.</summary>
    public static string Choice(string method, MethodOptions settings) => $"{method}: {TextOf(settings)}";

    /// <summary>Settings as they would be given on the command line.</summary>
    public static string TextOf(MethodOptions settings) =>
        settings.Values.Count == 0 ? "defaults" : string.Join(" ", settings.Values.Select(entry => $"--{entry.Key} {entry.Value}"));

    private (EvaluationResult Test, EvaluationResult Forgotten, MembershipInference Attack) Look(
        Func<TensorDataset, IReadOnlyList<int>?, EvaluationResult> evaluate)
    {
        var forgotten = evaluate(scenario.Data, [.. scenario.Forgotten.Select(record => record.Value)]);
        var unseen = evaluate(scenario.Unseen, null);
        return (evaluate(scenario.Test, null), forgotten, MembershipInference.Attack(forgotten.Losses, unseen.Losses, AttackSeed));
    }
}
