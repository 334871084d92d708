using Lethe.Core.Errors;
using Lethe.Training.Training;

namespace Lethe.Tests;

public sealed class RecipeDefaultsTests
{
    [Fact]
    public void EveryModelHasAValidRecipe() => Assert.All(LetheEngine.Models, model =>
    {
        Assert.Equal(model, RecipeDefaults.For(model).Validated().Model);
        Assert.NotEmpty(RecipeDefaults.Describe(model));
    });

    [Theory]
    [InlineData("lenet5", OptimizerKind.Sgd, 50)]
    [InlineData("resnet50", OptimizerKind.Sgd, 128)]
    [InlineData("mobilenetv2-imagenet", OptimizerKind.Sgd, 128)]
    [InlineData("vit-tiny", OptimizerKind.Adamw, 128)]
    public void TheKindOfModelDecides(string model, OptimizerKind optimizer, int batch)
    {
        var recipe = RecipeDefaults.For(model);
        Assert.Equal((optimizer, batch), (recipe.Optimizer, recipe.BatchSize));
    }

    [Fact]
    public void AnUnknownModelIsRefused() => Assert.Throws<UsageException>(() => RecipeDefaults.For("vgg"));
}
