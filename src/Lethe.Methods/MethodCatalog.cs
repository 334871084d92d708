using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Methods.Aru;
using Lethe.Methods.Baselines;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Methods.Sisa;
using Lethe.Methods.Unsir;
using Lethe.Training.Training;

namespace Lethe.Methods;

/// <summary>The methods by name.</summary>
public static class MethodCatalog
{
    /// <summary>The method that is used for a run unless another is asked for: the cheapest that promises something.</summary>
    public static string DefaultFor(TrainingScheme scheme) => scheme switch
    {
        TrainingScheme.DeepObliviate => DeepObliviateMethod.Name,
        TrainingScheme.Sisa => SisaMethod.Name,
        TrainingScheme.Plain => RetrainMethod.Name,
        _ => FineTune.Name,
    };

    /// <summary>All methods.</summary>
    public static IReadOnlyList<IUnlearningMethod> All { get; } =
    [
        new DeepObliviateMethod(), new RetrainMethod(), new SisaMethod(),
        new AruMethod(),
        new FineTune(),
        new NegGrad(), new AdvancedNegGrad(), new CatastrophicForgetting(), new ExactUnlearningOfLastLayers(), new RandomLabels(), new BadTeacher(),
        new Amnesiac(),
        new Scrub(), new SelectiveDampening(), new BoundaryShrink(), new Salun(), new MaskedSmallGradients(),
        new UnsirMethod(), new UnsirRecordsMethod(),
    ];

    /// <summary>The names of all methods.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Descriptor.Name)];

    /// <summary>Finds a method.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static IUnlearningMethod Find(string name) => All.FirstOrDefault(method => method.Descriptor.Name == name)
        ?? throw new UsageException($"Method '{name}' is not known; choose one of {string.Join(", ", Names)}.");

    /// <summary>The options of a plan that differ from their defaults, as on the command line, for example <c>--stop fit --jump</c>.</summary>
    /// <exception cref="UsageException">The plan's method is not known.</exception>
    public static string SettingsOf(UnlearningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var method = Find(plan.Method).Descriptor;
        var chosen = MethodOptions.Of(plan.Options).WithoutDefaults(method).Values;
        return string.Join(' ', method.Options
            .Where(option => chosen.ContainsKey(option.Name))
            .Select(option => option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name} {chosen[option.Name]}"));
    }
}
