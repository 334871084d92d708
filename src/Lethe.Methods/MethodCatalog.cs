using Lethe.Core.Errors;
using Lethe.Methods.Baselines;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Retrain;

namespace Lethe.Methods;

/// <summary>The methods by name.</summary>
public static class MethodCatalog
{
    /// <summary>The method that is used unless another is asked for.</summary>
    public const string Default = DeepObliviateMethod.Name;

    /// <summary>All methods, the default first.</summary>
    public static IReadOnlyList<IUnlearningMethod> All { get; } =
    [
        new DeepObliviateMethod(), new RetrainMethod(), new FineTune(),
        new NegGrad(), new AdvancedNegGrad(), new CatastrophicForgetting(), new ExactUnlearningOfLastLayers(), new RandomLabels(), new BadTeacher(),
        new Amnesiac(),
        new Scrub(), new SelectiveDampening(), new BoundaryShrink(), new Salun(),
    ];

    /// <summary>The names of all methods.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Descriptor.Name)];

    /// <summary>Finds a method.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static IUnlearningMethod Find(string name) => All.FirstOrDefault(method => method.Descriptor.Name == name)
        ?? throw new UsageException($"Method '{name}' is not known; choose one of {string.Join(", ", Names)}.");
}
