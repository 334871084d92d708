using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class MetadataTableTests : IDisposable
{
    private readonly MetadataTable _table = new(
        [0, 1, 0, 1], ["cat", "dog's"], [new SubjectId("ann"), new SubjectId("bob"), new SubjectId("ann"), new SubjectId("eve")],
        [MetadataColumn.Infer("age", ["1", "2", "3", "4"]), MetadataColumn.Infer("hours-per-week", ["1.5", "2", "3", "4"]), MetadataColumn.Infer("LABEL", ["x", "y", "z", "x"])]);

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("label = 1", new[] { 1, 3 })]
    [InlineData("class = 'dog''s' AND age > 2", new[] { 3 })]
    [InlineData("subject IN ('ann', 'eve') -- a comment", new[] { 0, 2, 3 })]
    [InlineData("\"hours-per-week\" BETWEEN 1.7 AND 3", new[] { 1, 2 })]
    [InlineData("source_LABEL LIKE 'X'", new[] { 0, 3 })]
    [InlineData("record % 2 = 0 OR upper(class) = 'CAT'", new[] { 0, 2 })]
    [InlineData("age = (SELECT max(age) FROM records)", new[] { 3 })]
    [InlineData("age > 100", new int[0])]
    [InlineData("NULL", new int[0])]
    public void Predicates_select_records(string predicate, int[] records) => Assert.Equal(records, _table.Where(predicate).Select(record => record.Value));

    [Theory]
    [InlineData("")]
    [InlineData("colour = 1")]
    [InlineData("\"colour\" = 'colour'")]
    [InlineData("age >")]
    [InlineData("1); SELECT (1")]
    [InlineData("1); DROP TABLE records; --")]
    [InlineData("1; ATTACH DATABASE '/tmp/x' AS x")]
    [InlineData("(SELECT 1 FROM sqlite_master)")]
    [InlineData("(SELECT 1 FROM pragma_database_list)")]
    [InlineData("load_extension('/tmp/x') IS NULL")]
    [InlineData("length(randomblob(1000000000)) > 0")]
    [InlineData("(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c) > 0")]
    [InlineData("1) UNION SELECT 99 WHERE (1")]
    [InlineData("1) UNION SELECT 'a' WHERE (1")]
    [InlineData("abs(-9223372036854775808) > 0")]
    public void Anything_but_reading_the_columns_is_refused(string predicate)
    {
        UsageException error = Assert.Throws<UsageException>(() => _table.Where(predicate));
        Assert.Contains("record, label, class, subject, age, \"hours-per-week\", source_LABEL", error.Message, StringComparison.Ordinal);
        Assert.Contains("class = 'cat' AND record < 100", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], _table.Where("1").Select(record => record.Value));
    }

    [Fact]
    public void The_system_library_is_behind_it()
    {
        _table.Where("1");
        Assert.NotEqual("3.35.5", SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }

    [Fact]
    public void Sixty_thousand_records_are_answered()
    {
        using var table = new MetadataTable([.. Enumerable.Range(0, 60_000).Select(i => i % 10)], LabelCheck.Numbers(10), null, [MetadataColumn.Infer("file", [.. Enumerable.Range(0, 60_000).Select(i => $"f{i}")])]);
        Assert.Equal(6_000, table.Where("label = 3").Count);
        Assert.DoesNotContain(table.Columns, column => column.Name == "subject");
    }
}
