using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Training.Datasets;

namespace Lethe.Tests.Operations;

public sealed class VerificationFiguresTests
{
    [Fact]
    public void Classes_that_bear_a_persons_name_are_found()
    {
        SubjectId[] people = [new("ada"), new("bob"), new("7"), new("mary ann")];
        using var data = TensorDataset.FromBytes("made up", new byte[4], [1], [0, 1, 2, 3], ["cat", "faces/bob", "7", "mary ann"], people);
        Assert.Equal([1, 3], VerificationFigures.NamedClasses(data.Manifest).Order());
        using var nobody = TensorDataset.FromBytes("made up", new byte[4], [1], [0, 1, 2, 3], ["cat", "bob", "7", "x"]);
        Assert.Empty(VerificationFigures.NamedClasses(nobody.Manifest));
    }
}
