using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public class DataSourceTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("imagenet:/data")]
    [InlineData("mnist:")]
    [InlineData("mnist")]
    [InlineData("fashion-mnist:/data")]
    [InlineData("fashion-mnist?split=valid")]
    [InlineData("mnist:/data?classes=3")]
    [InlineData("mnist:/data?split")]
    [InlineData("mnist:/data?split=test&split=test")]
    [InlineData("idx:images")]
    [InlineData("idx:a,b,c")]
    [InlineData("idx:a,b?classes=0")]
    [InlineData("csv:file.csv")]
    [InlineData("csv:file.csv?label=y&encode=binary")]
    [InlineData("csv:file.csv?label=y&separator=ab")]
    [InlineData("image-folder:!/train")]
    [InlineData("svhn:")]
    [InlineData("svhn:/data?split=valid")]
    [InlineData("svhn-grey:/data?split=extra")]
    [InlineData("orl:/data?task=eyes")]
    [InlineData("mufac:/data?subject=house")]
    [InlineData("mucac:/data?size=big")]
    [InlineData("image-folder:a.tar!/../b")]
    public void A_text_of_no_form_is_refused_with_the_forms(string text)
    {
        UsageException error = Assert.Throws<UsageException>(() => DataSource.Parse(text));
        Assert.EndsWith(DataSource.Usage, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.ExitCode);
    }

    [Theory]
    [InlineData("fashion-mnist", "fashion-mnist?split=test")]
    [InlineData("mnist:/data", "mnist:/data?split=test")]
    [InlineData("mnist:/data?split=test", null)]
    [InlineData("cifar:/data", "cifar:/data?split=test")]
    [InlineData("svhn:/data", "svhn:/data?split=test")]
    [InlineData("tiny-imagenet:/data", "tiny-imagenet:/data?split=test")]
    [InlineData("cmu-faces:/data?task=pose", "cmu-faces:/data?split=test&task=pose")]
    [InlineData("idx:a,b", null)]
    [InlineData("csv:a.csv?label=y", null)]
    public void Sources_with_a_test_split_name_it(string text, string? test) => Assert.Equal(test, DataSource.Parse(text).Test?.Text);

    [Fact]
    public void The_canonical_text_has_absolute_paths_and_parses_again()
    {
        string here = Directory.GetCurrentDirectory();
        Assert.Equal($"idx:{here}/a,{here}/b?classes=3", DataSource.Parse("idx:a,b?classes=3").Canonical);
        Assert.Equal($"csv:{here}/a.csv?drop=x&label=is 100%25 %26 more%3F", DataSource.Parse("csv:a.csv?label=is 100%25 %26 more%3F&drop=x").Canonical);
        Assert.Equal($"image-folder:{here}/a.tar!/b/c", DataSource.Parse("image-folder:a.tar!/b/c/").Canonical);
        Assert.Equal("fashion-mnist", DataSource.Parse("fashion-mnist").Canonical);
        string canonical = DataSource.Parse("csv:a.csv?label=is 100%25 %26 more%3F").Canonical;
        Assert.Equal(canonical, DataSource.Parse(canonical).Canonical);
    }

    [Fact]
    public void Sources_are_equal_when_their_texts_are()
    {
        Assert.Equal(DataSource.Parse("mnist:/a"), DataSource.Parse("mnist:/a"));
        Assert.NotEqual(DataSource.Parse("mnist:/a"), DataSource.Parse("mnist:/b"));
        Assert.Equal("mnist:/a", DataSource.Parse("mnist:/a").ToString());
    }

    [Fact]
    public void Two_sources_of_subjects_contradict_each_other() => Assert.Throws<UsageException>(
        () => DataSource.Parse("mnist:/a").Load(new DataOptions { SubjectsFile = "s", WritersFile = "w" }));
}
