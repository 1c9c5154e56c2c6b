using Limpet.Capture.Native;

namespace Limpet.Capture.Tests.Native;

public sealed unsafe class GrowingArrayTests
{
    [Fact]
    public void Extend_AfterDispose_TakesNewMemory()
    {
        GrowingArray<int> array = new();
        array.Add(1);
        array.Dispose();
        Assert.Equal(0, array.Count);

        // Not behind the null pointer that disposing left.
        int* added = array.Extend(1);
        Assert.True(added == array.Pointer && added != null);
        *added = 2;
        Assert.Equal((1, 2), (array.Count, *array.Pointer));
        array.Dispose();
    }
}
