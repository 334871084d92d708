using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public class SafetensorsTests
{
    internal static readonly Gen<NamedArray[]> ArraySets =
        from count in Gen.Choose(0, 8)
        from seed in Gen.Choose(0, 1_000_000)
        select Build(count, (ulong)seed);

    private static NamedArray[] Build(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var type = (ElementType)random.NextInt32(10);
            var shape = Enumerable.Range(0, random.NextInt32(4)).Select(_ => (long)random.NextInt32(5)).ToArray();
            var data = new byte[SafetensorsHeader.ByteCount(shape, type)];
            for (var j = 0; j < data.Length; j++)
                data[j] = (byte)random.NextInt32(256);
            return new NamedArray($"layer{random.NextInt32(3)}.\"ü\"{i}", type, shape, data);
        })];
    }

    internal static void AssertSame(NamedArray expected, NamedArray actual)
    {
        Assert.Equal((expected.Name, expected.Type), (actual.Name, actual.Type));
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }

    [Fact]
    public void Arrays_come_back_sorted_and_the_file_does_not_depend_on_their_order() => Property.Holds(ArraySets, arrays =>
    {
        var file = Safetensors.Write(arrays, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        var read = Safetensors.Read(file);
        var sorted = arrays.OrderBy(array => array.Name, StringComparer.Ordinal).ToArray();
        Assert.Equal(arrays.Length, read.Count);
        for (var i = 0; i < arrays.Length; i++)
            AssertSame(sorted[i], read[i]);
        Assert.Equal(file, Safetensors.Write([.. arrays.Reverse()], new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
        Assert.Equal(file, Safetensors.Write(read, Safetensors.ReadMetadata(file)));
        using var stream = new MemoryStream();
        Safetensors.Write(stream, arrays, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        Assert.Equal(file, stream.ToArray());
    });

    [Fact]
    public void Every_array_is_aligned_to_its_element() => Property.Holds(ArraySets, arrays =>
    {
        var file = Safetensors.Write(arrays);
        var header = SafetensorsHeader.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)), file.Length, "test");
        Assert.Equal(0, header.DataStart % 8);
        Assert.All(header.Entries.Values, entry => Assert.Equal(0, entry.Begin % Safetensors.SizeOf(entry.Type)));
    });

    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        byte[] file = Safetensors.Write([new("w", ElementType.F32, [2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]);
        const string Header = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        Assert.Equal(56, BinaryPrimitives.ReadInt64LittleEndian(file));
        Assert.Equal(Header.PadRight(56), Encoding.ASCII.GetString(file, 8, 56));
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, file[64..]);
    }

    [Fact]
    public void Impossible_arrays_are_not_written()
    {
        NamedArray Array(string name, int bytes, params long[] shape) => new(name, ElementType.F32, shape, new byte[bytes]);
        Assert.Throws<ArgumentException>(() => Safetensors.Write([Array("a", 4, 2)]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write([Array("a", 4, 1), Array("a", 4, 1)]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write([Array("__metadata__", 4, 1)]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write([Array("a", 4, -1, -1)]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "holes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "holes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "belong to no array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "ends at byte 16 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "does not give")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,2],"data_offsets":[0,8]}}""", 8, "does not give")]
    [InlineData("""{"a":{"dtype":"F64","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", 8, "does not give")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "no range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "no range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}""", 8, "no integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "no integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "no integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "no integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "no list")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "does not know")]
    [InlineData("""{"a":{"dtype":"0","shape":[1],"data_offsets":[0,8]}}""", 8, "does not know")]
    [InlineData("""{"a":{"dtype":7,"shape":[8],"data_offsets":[0,8]}}""", 8, "does not know")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "exactly dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":0}}""", 8, "exactly dtype")]
    [InlineData("""{"a":[]}""", 0, "exactly dtype")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "no valid JSON")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "is no string")]
    [InlineData("""{"__metadata__":[]}""", 0, "no JSON object")]
    [InlineData("""[]""", 0, "no JSON object")]
    [InlineData(""" {}""", 0, "no JSON object")]
    [InlineData("""{""", 0, "no valid JSON")]
    [InlineData("""{}x""", 0, "no valid JSON")]
    [InlineData("", 0, "no JSON object")]
    public void Hostile_headers_are_refused(string header, int dataBytes, string reason)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        Refuses(file, reason);
    }

    [Theory]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1ul << 32)]
    [InlineData(93ul)]
    public void Impossible_header_lengths_are_refused(ulong length)
    {
        var file = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Refuses(file, "more than the file holds");
    }

    [Fact]
    public void Too_short_deep_or_ill_encoded_files_are_refused()
    {
        Refuses([], "too few");
        Refuses(new byte[7], "too few");
        Refuses(WithHeader([.. Encoding.ASCII.GetBytes("{\"a\":"), .. Enumerable.Repeat((byte)'[', 100_000)]), "no valid JSON");
        Refuses(WithHeader([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'0', (byte)'}']), "");
    }

    [Fact]
    public void Truncation_and_random_damage_never_crash()
    {
        var file = Safetensors.Write(Build(6, 1));
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<BadDataException>(() => Safetensors.Read(file.AsMemory(0, length)));
        Property.Holds(Gen.Choose(0, file.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, value))), damage =>
        {
            var copy = (byte[])file.Clone();
            copy[damage.at] = (byte)damage.value;
            try
            {
                Safetensors.Read(copy);
            }
            catch (BadDataException)
            {
                // Either the damage is in the data, or it is refused; no other exception may come out.
            }
        }, tests: 2000);
    }

    [Fact]
    public void Empty_arrays_and_scalars_are_arrays()
    {
        NamedArray[] arrays = [new("a", ElementType.F32, [0, 3], default), new("b", ElementType.I64, [], new byte[8]), new("c", ElementType.U8, [0], default)];
        var read = Safetensors.Read(Safetensors.Write(arrays));
        for (var i = 0; i < 3; i++)
            AssertSame(arrays[i], read[i]);
    }

    private static byte[] WithHeader(byte[] json)
    {
        var file = new byte[8 + json.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static void Refuses(byte[] file, string reason)
    {
        Assert.Contains(reason, Assert.Throws<BadDataException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["x.safetensors"], file);
        var error = Assert.Throws<BadDataException>(() => SafetensorsFile.Open(directory["x.safetensors"]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(directory["x.safetensors"], error.Message, StringComparison.Ordinal);
    }
}
