using System.Text;
using System.Text.Json;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>What the files of a run directory say, read without anything that trains: enough to issue a certificate and to check one.</summary>
internal sealed class RunFacts
{
    private const string DescriptionName = "run.json", PartitionName = "partition.json", IndexName = "index.json", RequestsName = "requests";
    private readonly JsonElement _description;

    private RunFacts(string path)
    {
        Directory = path;
        var description = Read(DescriptionName);
        Run = Digest.Of(description);
        _description = Parse(description, DescriptionName);
        var index = ReadIndex();
        Served = Optional(index, "served") is { } served ? served.GetString() is { } text ? Digest.Parse(text) : null : null;
        Deleted = [.. Member(index, "deleted").EnumerateArray().Select(number => number.GetInt32())];
        History = [.. Member(index, "history").EnumerateArray().Select(entry => new ServedEntry(
            Member(entry, "request").GetString()!, Member(entry, "method").GetString()!,
            CanonicalJson.Deserialize<Guarantee>(Member(entry, "guarantee").GetRawText()), Member(entry, "at").GetDateTimeOffset(),
            Optional(entry, "promotion") is { } promotion ? PromotionOf(promotion) : null))];
    }

    public string Directory { get; }

    public Digest Run { get; }

    public Digest? Served { get; }

    public IReadOnlyList<int> Deleted { get; }

    public IReadOnlyList<ServedEntry> History { get; }

    public Digest Data => Digest.Parse(Member(Member(_description, "dataset"), "digest").GetString()!);

    public int Records => Member(Member(_description, "dataset"), "count").GetInt32();

    public Digest Recipe => Digest.OfText(CanonicalJson.Serialize(Member(_description, "recipe")));

    public Digest Partition => Digest.Parse(Member(_description, "partition").GetString()!);

    public NumericProfile Profile => CanonicalJson.Deserialize<NumericProfile>(Member(_description, "profile").GetRawText());

    /// <summary>Reads a run.</summary>
    /// <exception cref="StoreDamagedException">A file is missing or damaged.</exception>
    public static RunFacts Of(string run)
    {
        try
        {
            return new(Path.GetFullPath(run));
        }
        catch (Exception error) when (error is BadDataException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new StoreDamagedException($"{run} is damaged or no run: {error.Message}", error);
        }
    }

    /// <summary>All bytes of a file of the run.</summary>
    /// <exception cref="StoreDamagedException">It is missing or cannot be read.</exception>
    public byte[] Read(string name) => TryRead(name) ?? throw new StoreDamagedException($"{Path.Combine(Directory, name)} is missing. Restore it from a backup.");

    /// <summary>All bytes of a file of the run; null where it is missing.</summary>
    public byte[]? TryRead(string name)
    {
        var path = Path.Combine(Directory, name);
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreDamagedException($"{path} cannot be read: {error.Message}", error);
        }
    }

    public static string RequestFile(string request, string name) => Path.Combine(RequestsName, request, name);

    public ForgetRequest Request(string id)
    {
        var name = RequestFile(id, "request.json");
        var request = Parsed(name, ForgetRequest.FromJson);
        return request.Id == id && request.Records[^1].Value < Records
            ? request
            : throw new StoreDamagedException($"{Path.Combine(Directory, name)} is another request's. Restore it from a backup.");
    }

    /// <summary>The models before and after a request.</summary>
    public (Digest Before, Digest After) Models(string request)
    {
        var result = Parsed(RequestFile(request, "result.json"), JsonElementOf);
        return (Digest.Parse(Member(result, "before").GetString()!), Digest.Parse(Member(result, "after").GetString()!));
    }

    /// <summary>All records that were forgotten when a request had been served.</summary>
    public IReadOnlySet<int> ForgottenAfter(string request)
    {
        var forgotten = new HashSet<int>();
        foreach (var entry in History)
        {
            forgotten.UnionWith(Request(entry.Request).Records.Select(record => record.Value));
            if (entry.Request == request && entry != History[^1])
                return forgotten;
        }
        return forgotten.SetEquals(Deleted)
            ? forgotten
            : throw new StoreDamagedException($"The requests in {Directory} do not hold the records that its index says are forgotten. Restore them from a backup.");
    }

    /// <summary>Checks that the partition is the one that the description names.</summary>
    public void RequirePartition()
    {
        if (Parsed(PartitionName, Partitions.Partition.FromJson).Digest != Partition)
            throw new StoreDamagedException($"{Path.Combine(Directory, PartitionName)} does not match its digest. Restore it from a backup.");
    }

    private static CertifiedPromotion PromotionOf(JsonElement promotion) => new(
        Member(promotion, "basis").GetString()!, Member(promotion, "why").GetString()!, Optional(promotion, "by")?.GetString(),
        Optional(promotion, "verdict") is { } verdict ? CanonicalJson.Deserialize<VerdictKind>(verdict.GetRawText()) : null);

    private JsonElement ReadIndex()
    {
        var text = Encoding.UTF8.GetString(Read(IndexName));
        var envelope = JsonElementOf(text);
        var index = Member(envelope, "index");
        var content = CanonicalJson.Serialize(index);
        return text == $"{{\"digest\":\"{Digest.OfText(content)}\",\"index\":{content}}}\n"
            ? index
            : throw new StoreDamagedException($"{Path.Combine(Directory, IndexName)} does not match its own digest. Restore it from a backup.");
    }

    private T Parsed<T>(string name, Func<string, T> parse)
    {
        try
        {
            return parse(Encoding.UTF8.GetString(Read(name)));
        }
        catch (Exception error) when (error is BadDataException or JsonException)
        {
            throw new StoreDamagedException($"{Path.Combine(Directory, name)} is damaged. Restore it from a backup.", error);
        }
    }

    private JsonElement Parse(byte[] bytes, string name) => Parsed(name, _ => JsonElementOf(Encoding.UTF8.GetString(bytes)));

    private static JsonElement JsonElementOf(string text) => CanonicalJson.Deserialize<JsonElement>(text);

    private static JsonElement? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static JsonElement Member(JsonElement element, string name) => element.GetProperty(name);
}

/// <summary>A request that the index says was served.</summary>
internal sealed record ServedEntry(string Request, string Method, Guarantee Guarantee, DateTimeOffset At, CertifiedPromotion? Promotion);
