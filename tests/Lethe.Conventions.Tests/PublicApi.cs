using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lethe.Conventions.Tests;

/// <summary>Writes the public surface of an assembly as text: one line a type, one indented line a member, in a fixed order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly TypeNames Names = new();

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {Names.Of(invoke.ReturnParameter)} {TypeNames.Of(type)}({Parameters(invoke)})";
        }

        var inherited = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)
            ? parent.GetInterfaces() : [];
        var bases = (type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) && above != typeof(Enum)
                ? [TypeNames.Of(above)] : Array.Empty<string>())
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(inherited).Select(TypeNames.Of)
                .Where(name => !name.StartsWith("IEquatable<", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var list = string.Join(", ", bases);
        return $"{Kind(type)} {TypeNames.Of(type)}{(list.Length == 0 ? "" : " : " + list)}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        var record = type.GetMethod("PrintMembers", Declared) is not null ? "record" : "";
        if (type.IsValueType)
        {
            var immutable = type.GetCustomAttribute<IsReadOnlyAttribute>() is null ? "" : "readonly ";
            return $"{immutable}{(type.IsByRefLike ? "ref " : "")}{record}{(record == "" ? "" : " ")}struct";
        }

        var modifier = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + (record == "" ? "class" : record);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name =>
                $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"new({Parameters(constructor)})")
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(found => IsVisible(found.AddMethod!)).Select(found => $"event {TypeNames.Of(found.EventHandlerType!)} {found.Name}"))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && IsWritten(method)).Select(Method));
    }

    private static string Field(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{modifier}{Names.Of(field)} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(true).First(IsVisible);
        var setter = property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;" : "";
        var getter = property.GetMethod is { } get && IsVisible(get) ? " get;" : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        return $"{Modifier(accessor)}{required}{Names.Of(property)} {name} {{{getter}{setter} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(type => type.Name))}>" : "";
        return $"{Modifier(method)}{Names.Of(method.ReturnParameter)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Modifier(MethodBase method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return "";
        }

        var access = method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";
        if (method.IsStatic)
        {
            return access + "static ";
        }

        var overrides = method is MethodInfo info && info.GetBaseDefinition() != info;
        return access + (overrides ? "override " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref " : "";
        var spread = parameter.GetCustomAttribute<ParamArrayAttribute>() is not null
            || parameter.GetCustomAttribute<ParamCollectionAttribute>() is not null ? "params " : "";
        var fallback = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "";
        return $"{passing}{spread}{Names.Of(parameter)} {parameter.Name}{fallback}";
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsWritten(MethodInfo method) =>
        method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !method.Name.Contains('<')
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));
}
