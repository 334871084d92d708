using Lethe.Core.Errors;

namespace Lethe.Methods.Options;

/// <summary>The options of a method that somebody has set, by name, as text; everything else keeps its default.</summary>
public sealed class MethodOptions
{
    private MethodOptions(IReadOnlyDictionary<string, string> values) => Values = values;

    /// <summary>Nothing set.</summary>
    public static MethodOptions None { get; } = new(new Dictionary<string, string>());

    /// <summary>What is set.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Sets options, for example <c>("stop", "floor")</c>.</summary>
    public static MethodOptions Of(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) all[name] = value;
        return new MethodOptions(all);
    }

    /// <summary>Sets options.</summary>
    public static MethodOptions Of(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new MethodOptions(new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal));
    }

    /// <summary>What is set otherwise than by default: of a plan, which carries every option, those that somebody chose.</summary>
    public MethodOptions WithoutDefaults(MethodDescriptor method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var defaults = method.Options.ToDictionary(option => option.Name, option => option.Default);
        return Of(Values.Where(set => defaults.GetValueOrDefault(set.Key) != set.Value).ToDictionary());
    }

    /// <summary>Refuses what a method would not take.</summary>
    /// <exception cref="UsageException">A name is not declared, a value does not parse or is out of range, or two contradict each other.</exception>
    public void RequireFor(MethodDescriptor method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var values = For(method);
        method.Contradictions?.Invoke(values);
    }

    /// <summary>Checks the options against what a method declares and fills in the defaults.</summary>
    /// <exception cref="UsageException">A name is not declared, or a value does not parse or is out of range.</exception>
    internal OptionValues For(MethodDescriptor method)
    {
        foreach (var name in Values.Keys)
        {
            if (!method.Options.Any(option => option.Name == name))
                throw new UsageException($"--{name} means nothing to --method {method.Name}; {OwnersOf(name)}. Leave it out, or choose such a method.");
        }
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in method.Options)
        {
            if (Values.TryGetValue(option.Name, out var text)) values[option.Name] = option.Read(text);
            else if (option.Default is { } fallback) values[option.Name] = fallback;
        }
        return new OptionValues(values, Values.Keys.ToHashSet());
    }

    private static string OwnersOf(string option)
    {
        string[] owners = [.. MethodCatalog.All.Where(method => method.Descriptor.Options.Any(known => known.Name == option)).Select(method => method.Descriptor.Name)];
        return owners.Length == 0 ? "no method has such an option" : $"it belongs to {string.Join(", ", owners)}";
    }
}
