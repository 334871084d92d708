using System.Reflection;
using System.Runtime.InteropServices;

namespace Lethe.Conventions.Tests;

/// <summary>The native header and the managed declarations say the same (style: one contract, checked by a test).</summary>
public class AbiParityTests
{
    /// <summary>Training needs at least this many functions (design notes); fewer mean that the header was not understood.</summary>
    private const int FewestFunctions = 87;

    [Fact]
    public void HeaderAndDeclarationsNameTheSameFunctions()
    {
        var header = NativeHeader.Functions.Select(function => function.Name).Order(StringComparer.Ordinal).ToList();
        var managed = Declarations().Select(function => function.Name).Order(StringComparer.Ordinal).ToList();
        Assert.True(header.Count >= FewestFunctions, $"only {header.Count} functions were found in the header");
        Assert.Equal(header, header.Distinct());
        Violations.None(header.Except(managed).Select(name => name + " has no LibraryImport"));
        Violations.None(managed.Except(header).Select(name => name + " is not in the header"));
    }

    [Fact]
    public void ParametersAgreeInNumberAndKind()
    {
        var header = NativeHeader.Functions.ToDictionary(function => function.Name);
        var differences = Declarations()
            .Where(managed => header.TryGetValue(managed.Name, out var native) && native.Shape != managed.Shape)
            .Select(managed => $"{managed.Name}: header {header[managed.Name].Shape}, C# {managed.Shape}");
        Violations.None(differences);
    }

    [Fact]
    public void OnlyPointersFixedWidthIntegersAndDoublesCross() =>
        Violations.None(NativeHeader.Functions
            .Where(function => function.Result == AbiKind.Unknown || function.Parameters.Contains(AbiKind.Unknown))
            .Select(function => function.Name));

    [Fact]
    public void EveryFunctionReturnsAStatus() =>
        Assert.Equal(["lethe_last_error"], NativeHeader.Functions
            .Where(function => function.Result != AbiKind.Int32).Select(function => function.Name));

    [Fact]
    public void TheBuiltLibraryExportsEveryFunction()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "liblethe_torch.so");
        path = File.Exists(path) ? path : Repository.PathOf("artifacts", "native", "liblethe_torch.so");
        Assert.True(File.Exists(path), $"{path} is missing: run ./test, which builds it");
        var library = NativeLibrary.Load(path);
        Violations.None(NativeHeader.Functions.Where(function => !NativeLibrary.TryGetExport(library, function.Name, out _))
            .Select(function => function.Name));
    }

    private static List<AbiFunction> Declarations() =>
        [.. Repository.Load("Lethe.Torch").GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Import: method.GetCustomAttribute<LibraryImportAttribute>()))
            .Where(pair => pair.Import is not null)
            .Select(pair => new AbiFunction(
                pair.Import!.EntryPoint ?? pair.Method.Name,
                KindOf(pair.Method.ReturnType),
                [.. pair.Method.GetParameters().Select(parameter => KindOf(parameter.ParameterType))]))];

    private static AbiKind KindOf(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsArray || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint)
            || type == typeof(string) || typeof(SafeHandle).IsAssignableFrom(type)
            || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Span<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>))))
        {
            return AbiKind.Pointer;
        }

        var plain = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.Int32 => AbiKind.Int32,
            TypeCode.Int64 => AbiKind.Int64,
            TypeCode.UInt64 => AbiKind.UInt64,
            TypeCode.Byte when plain == type => AbiKind.Byte,
            TypeCode.Double => AbiKind.Double,
            _ => AbiKind.Unknown,
        };
    }
}
