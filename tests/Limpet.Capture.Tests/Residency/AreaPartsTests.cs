using Limpet.Capture.Residency;
using Limpet.Results;

namespace Limpet.Capture.Tests.Residency;

public sealed class AreaPartsTests
{
    [Fact]
    public void Divide_OverlappingClaims_GoToTheLowerRank()
    {
        List<ClaimedRange> parts = AreaParts.Divide(100, 1000,
        [
            new(0, 2000, MemoryUse.LoaderHeaps, 4),
            new(200, 500, MemoryUse.GcUnused, 1),
            new(200, 300, MemoryUse.GcLive, 0),
            new(400, 450, MemoryUse.GcLive, 0),
            new(440, 460, MemoryUse.GcLive, 0),
        ]);
        Assert.Equal(
            """
            100-200 LoaderHeaps
            200-300 GcLive
            300-400 GcUnused
            400-450 GcLive
            450-460 GcLive
            460-500 GcUnused
            500-1000 LoaderHeaps
            """,
            string.Join('\n', parts.Select(part => $"{part.Start}-{part.End} {part.Use}")),
            ignoreLineEndingDifferences: true);
        Assert.Empty(AreaParts.Between(100, 1000, parts));
    }

    [Fact]
    public void Between_Parts_IsWhatNobodyClaims()
    {
        List<ClaimedRange> parts = AreaParts.Divide(100, 1000, [new(150, 200, MemoryUse.Stacks, 0), new(200, 300, MemoryUse.Code, 1)]);
        Assert.Equal([(100UL, 150UL), (300UL, 1000UL)], AreaParts.Between(100, 1000, parts));
    }

    [Fact]
    public void Divide_AnyClaims_GivesEachAddressToTheLowestRank()
    {
        Random random = new(3);
        for (int run = 0; run < 200; run++)
        {
            ClaimedRange[] claims = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
            {
                ulong start = (ulong)random.Next(0, 200);
                return new ClaimedRange(start, start + (ulong)random.Next(1, 60), (MemoryUse)random.Next(0, 5), random.Next(0, 4));
            })];
            List<ClaimedRange> parts = AreaParts.Divide(20, 180, claims);
            for (ulong address = 20; address < 180; address++)
            {
                int? expected = claims.Where(claim => claim.Start <= address && address < claim.End).Min(claim => (int?)claim.Rank);
                int? got = parts.Where(part => part.Start <= address && address < part.End).Select(part => (int?)part.Rank).SingleOrDefault();
                Assert.Equal(expected, got);
            }
        }
    }
}
