using Limpet.Tracking;

namespace Limpet.Tests.Tracking;

/// <summary>Whether a type that is counted by its name alone would miss objects of others.</summary>
public sealed class LoadedTypesTests
{
    [Theory]
    [InlineData(typeof(Parcel), typeof(LargeParcel))]
    [InlineData(typeof(LargeParcel), null)]
    [InlineData(typeof(Shelf<int>), typeof(Row<>))]
    [InlineData(typeof(Row<int>), null)]
    [InlineData(typeof(string), null)]
    [InlineData(typeof(int[]), null)]
    [InlineData(typeof(Array), typeof(object[]))]
    public void DerivedFrom_ATypeOfThisProcess_IsOneThatHasItAmongItsBases(Type type, Type? expected) =>
        Assert.Equal(expected, LoadedTypes.DerivedFrom(type));

    private class Parcel;

    private sealed class LargeParcel : Parcel;

    private class Shelf<T>
    {
        public T? Label { get; set; }
    }

    private class Row<T> : Shelf<T>;
}
