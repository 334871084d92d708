using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public class SafetensorsFileTests
{
    [Fact]
    public void Mapped_arrays_are_those_that_were_written() => Property.Holds(SafetensorsTests.ArraySets, arrays =>
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["a"], Safetensors.Write(arrays, new Dictionary<string, string> { ["k"] = "v" }));
        using var file = SafetensorsFile.Open(directory["a"]);
        Assert.Equal(arrays.Select(array => array.Name).Order(StringComparer.Ordinal), file.Names);
        Assert.Equal("v", file.Metadata["k"]);
        foreach (var array in arrays)
        {
            SafetensorsTests.AssertSame(array, file[array.Name]);
            Assert.True(file.Contains(array.Name));
            Assert.Equal(array.Type, file.Describe(array.Name).Type);
        }
    }, tests: 30);

    [Fact]
    public void Parts_are_copied_without_reading_beyond_the_array()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["a"], Safetensors.Write([new("x", ElementType.U8, [5], new byte[] { 1, 2, 3, 4, 5 }), new("y", ElementType.U8, [1], new byte[] { 9 })]));
        using var file = SafetensorsFile.Open(directory["a"]);
        var part = new byte[2];
        file.CopyTo("x", 3, part);
        Assert.Equal([4, 5], part);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.CopyTo("x", 4, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.CopyTo("x", -1, part));
        Assert.Throws<BadDataException>(() => file["z"]);
    }

    [Fact]
    public void A_closed_file_gives_no_array()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["a"], Safetensors.Write([new("x", ElementType.U8, [1], new byte[] { 1 })]));
        var file = SafetensorsFile.Open(directory["a"]);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file["x"]);
    }

    [Fact]
    public void Missing_files_and_directories_are_bad_data()
    {
        using var directory = new TemporaryDirectory();
        Assert.Throws<BadDataException>(() => SafetensorsFile.Open(directory["nothing"]));
        Assert.Throws<BadDataException>(() => SafetensorsFile.Open(directory.Path));
    }
}
