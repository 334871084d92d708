using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>The parts of a source's text: FORM:PATH?key=value&amp;key=value.</summary>
internal sealed record SourceText(string Form, string Path, IReadOnlyDictionary<string, string> Options)
{
    public static SourceText Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw DataSource.Unusable("The data source is empty.");
        int query = text.LastIndexOf('?');
        string head = query < 0 ? text : text[..query];
        int colon = head.IndexOf(':', StringComparison.Ordinal);
        string form = colon < 0 ? head : head[..colon];
        string path = colon < 0 ? "" : head[(colon + 1)..];
        return new SourceText(form, path, query < 0 ? new SortedDictionary<string, string>() : ParseOptions(text, text[(query + 1)..]));
    }

    /// <summary>Refuses options that the form does not have, and a missing or superfluous path.</summary>
    public void Allow(bool needsPath, params ReadOnlySpan<string> options)
    {
        foreach (string key in Options.Keys)
        {
            if (!options.Contains(key))
                throw DataSource.Unusable($"'{Form}' has no option '{key}'" + (options.IsEmpty ? "." : $"; it has {string.Join(", ", options)}."));
        }
        if (needsPath && Path.Length == 0) throw DataSource.Unusable($"'{Form}:' needs a path after the colon.");
        if (!needsPath && Path.Length > 0) throw DataSource.Unusable($"'{Form}' takes no path.");
    }

    public string? Option(string key) => Options.TryGetValue(key, out string? value) ? value : null;

    public string Choice(string key, params ReadOnlySpan<string> choices)
    {
        string value = Option(key) ?? choices[0];
        return choices.Contains(value) ? value : throw DataSource.Unusable($"'{Form}': {key}={value} is not one of {string.Join(", ", choices)}.");
    }

    /// <summary>The same source with one option set.</summary>
    public string With(string key, string value)
    {
        var options = new SortedDictionary<string, string>(Options.ToDictionary(), StringComparer.Ordinal) { [key] = value };
        return (this with { Options = options }).ToString();
    }

    /// <summary>The same source without one option.</summary>
    public SourceText Without(string key) =>
        this with { Options = new SortedDictionary<string, string>(Options.Where(pair => pair.Key != key).ToDictionary(), StringComparer.Ordinal) };

    public override string ToString()
    {
        string head = Path.Length == 0 ? Form : $"{Form}:{Path}";
        return Options.Count == 0 ? head : head + "?" + string.Join('&', Options.Select(pair => $"{pair.Key}={Escape(pair.Value)}"));
    }

    private static string Escape(string value) =>
        value.Replace("%", "%25", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    private static SortedDictionary<string, string> ParseOptions(string text, string query)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in query.Split('&'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw DataSource.Unusable($"'{text}': '{part}' after the question mark is not key=value.");
            if (!options.TryAdd(part[..equals], Uri.UnescapeDataString(part[(equals + 1)..])))
                throw DataSource.Unusable($"'{text}': the option '{part[..equals]}' is given twice.");
        }
        return options;
    }
}
