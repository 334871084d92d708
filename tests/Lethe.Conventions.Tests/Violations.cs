namespace Lethe.Conventions.Tests;

/// <summary>Fails with the whole list of what breaks a convention.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string?> found)
    {
        var list = found.ToList();
        Assert.True(list.Count == 0, $"{list.Count} violation(s):\n  " + string.Join("\n  ", list));
    }
}
