using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Lethe.Conventions.Tests;

/// <summary>Every public member of every library is described.</summary>
public class XmlDocumentationTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Libraries => Repository.LibraryData;

    [Theory, MemberData(nameof(Libraries))]
    public void EveryPublicMemberIsDescribed(string library)
    {
        var assembly = Repository.Load(library);
        var entries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml")).Descendants("member").ToList();
        var described = entries.Where(Describes).Select(entry => WithoutParameters(entry.Attribute("name")!.Value)).ToHashSet();
        var recordParameters = entries.SelectMany(entry => entry.Elements("param")
            .Where(parameter => !string.IsNullOrWhiteSpace(parameter.Value))
            .Select(parameter => entry.Attribute("name")!.Value[2..] + "." + parameter.Attribute("name")!.Value)).ToHashSet();

        var missing = assembly.GetExportedTypes()
            .SelectMany(type => MembersOf(type).Prepend("T:" + NameOf(type)))
            .Where(id => !described.Contains(id) && !recordParameters.Contains(id[2..]))
            .Order(StringComparer.Ordinal);
        Violations.None(missing);
    }

    private static bool Describes(XElement entry) =>
        entry.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(entry.Element("summary")?.Value)
        || entry.Element("summary")?.Elements().Any() == true;

    private static string WithoutParameters(string id)
    {
        var open = id.IndexOf('(');
        var name = open < 0 ? id : id[..open];
        var arity = name.IndexOf("``", StringComparison.Ordinal);
        return arity < 0 ? name : name[..arity];
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        var name = NameOf(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        var methods = type.GetMethods(Declared)
            .Where(method => IsVisible(method) && !method.IsSpecialName && !IsGenerated(method) && method.GetBaseDefinition() == method)
            .Select(method => $"M:{name}.{method.Name}");
        var constructors = type.GetConstructors(Declared)
            .Where(constructor => IsVisible(constructor) && constructor.GetParameters().Length > 0 && !IsGenerated(constructor) && !IsRecord(type))
            .Select(_ => $"M:{name}.#ctor");
        var properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(true).Any(IsVisible) && !IsGenerated(property)
                && property.GetAccessors(true)[0].GetBaseDefinition() == property.GetAccessors(true)[0])
            .Select(property => $"P:{name}.{property.Name}");
        var fields = type.GetFields(Declared)
            .Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName)
            .Select(field => $"F:{name}.{field.Name}");
        return methods.Concat(constructors).Concat(properties).Concat(fields);
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || (method.IsFamily && !method.DeclaringType!.IsSealed);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Declared) is not null
        || type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || member.Name.Contains('<') || member.Name.Contains('.', StringComparison.Ordinal) && member is not ConstructorInfo;

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');
}
