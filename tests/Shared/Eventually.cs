using System.Diagnostics;

namespace Limpet.Testing;

/// <summary>Waits for a condition instead of sleeping.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"Not within 30 s: {what}");
            await Task.Delay(5);
        }
    }
}
