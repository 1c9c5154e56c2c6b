using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class PrimesTests
{
    [Theory]
    [InlineData(-5, 2)]
    [InlineData(2, 2)]
    [InlineData(40, 41)]
    [InlineData(41, 41)]
    [InlineData(1000, 1009)]
    public void AtLeast_ANumber_IsTheNextPrime(long number, long expected) => Assert.Equal(expected, Primes.AtLeast(number));

    [Theory]
    [InlineData(6, 5)]
    [InlineData(82, 83)]
    [InlineData(0, 2)]
    [InlineData(2018, 2017)]
    public void NearestTo_ANumber_IsTheSmallerOfTwo(long number, long expected) => Assert.Equal(expected, Primes.NearestTo(number));
}
