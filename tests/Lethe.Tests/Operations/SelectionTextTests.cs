using Lethe.Core.Errors;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

public sealed class SelectionTextTests
{
    [Fact]
    public void Numbers_and_ranges_are_read() => Assert.Equal([(17, 17), (23, 23), (40, 42)], SelectionText.Ranges("17, 23,40-42", 100));

    [Fact]
    public void A_file_has_one_entry_a_line_and_comments()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "# people\n3\n\n7-9\n");
        Assert.Equal([(3, 3), (7, 9)], SelectionText.Ranges("@" + file, 10));
        File.Delete(file);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("5-3")]
    [InlineData("98-101")]
    public void Records_that_do_not_exist_are_bad_data(string text) =>
        Assert.Throws<BadDataException>(() => SelectionText.Ranges(text, 100).ToList());

    [Theory]
    [InlineData("x")]
    [InlineData("1-2-3")]
    [InlineData("1.5")]
    public void Texts_that_are_no_numbers_are_usage_errors(string text) =>
        Assert.Throws<UsageException>(() => SelectionText.Ranges(text, 100).ToList());
}
