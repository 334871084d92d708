using System.Reflection;

namespace Lethe.Conventions.Tests;

/// <summary>Types as C# writes them, with the marks of nullable references.</summary>
internal sealed class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    private readonly NullabilityInfoContext _nullability = new();

    public string Of(ParameterInfo parameter) => Write(parameter.ParameterType, _nullability.Create(parameter));

    public string Of(PropertyInfo property) => Write(property.PropertyType, _nullability.Create(property));

    public string Of(FieldInfo field) => Write(field.FieldType, _nullability.Create(field));

    public static string Of(Type type) => Write(type, null);

    private static string Write(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Write(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying, null) + "?";
        }

        var mark = !type.IsValueType && nullability is { ReadState: NullabilityState.Nullable } ? "?" : "";
        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        return (Keywords.TryGetValue(type, out var keyword) ? keyword : Named(type, nullability)) + mark;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var arguments = type.GetGenericArguments();
        var nullable = nullability?.GenericTypeArguments ?? [];
        var written = arguments
            .Select((argument, index) => Write(argument, index < nullable.Length ? nullable[index] : null)).ToArray();
        if (type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            return $"({string.Join(", ", written)})";
        }

        var outer = type.DeclaringType is { } declaring ? Named(declaring, null).Split('<')[0] + "." : Prefix(type);
        var name = type.Name.Split('`')[0];
        return outer + name + (type.Name.Contains('`') ? $"<{string.Join(", ", written)}>" : "");
    }

    private static string Prefix(Type type) =>
        type.Namespace is { } space && space.StartsWith("Lethe", StringComparison.Ordinal) ? space + "." : "";
}
