using System.Text.RegularExpressions;

namespace Lethe.Conventions.Tests;

/// <summary>How a value crosses the native border.</summary>
internal enum AbiKind
{
    Pointer,
    Int32,
    Int64,
    UInt64,
    Byte,
    Double,
    Unknown,
}

/// <summary>One function of the native interface.</summary>
internal sealed record AbiFunction(string Name, AbiKind Result, IReadOnlyList<AbiKind> Parameters)
{
    public string Shape => $"{Result}({string.Join(", ", Parameters)})";
}

/// <summary>Reads the functions declared in native/include/lethe_torch.h.</summary>
internal static partial class NativeHeader
{
    public static IReadOnlyList<AbiFunction> Functions { get; } = Parse(Repository.Read("native", "include", "lethe_torch.h"));

    private static List<AbiFunction> Parse(string text)
    {
        var code = Comment().Replace(text, " ");
        return [.. Declaration().Matches(code).Select(match => new AbiFunction(
            match.Groups["name"].Value,
            KindOf(match.Groups["result"].Value),
            [.. SplitParameters(match.Groups["parameters"].Value).Select(KindOf)]))];
    }

    private static string[] SplitParameters(string parameters)
    {
        var trimmed = parameters.Trim();
        return trimmed is "" or "void" ? [] : trimmed.Split(',');
    }

    private static AbiKind KindOf(string declaration)
    {
        if (declaration.Contains('*'))
        {
            return AbiKind.Pointer;
        }

        var type = declaration.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .First(word => word != "const");
        return type switch
        {
            "int32_t" => AbiKind.Int32,
            "int64_t" => AbiKind.Int64,
            "uint64_t" => AbiKind.UInt64,
            "uint8_t" => AbiKind.Byte,
            "double" => AbiKind.Double,
            _ when type.StartsWith("lethe_", StringComparison.Ordinal) => AbiKind.Pointer,
            _ => AbiKind.Unknown,
        };
    }

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"LETHE_API\s+(?<result>[\w\s\*]+?)\s*\b(?<name>lethe_\w+)\s*\((?<parameters>[^)]*)\)\s*;")]
    private static partial Regex Declaration();
}
