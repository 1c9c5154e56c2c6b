namespace Limpet.Bench;

/// <summary>The middle of some values; of an even number, between the two in the middle.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
