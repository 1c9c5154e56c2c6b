namespace Limpet.Verdicts;

/// <summary>
/// Prime numbers of operations: growth that is a multiple of the round's size belongs to the operations, and no period of the program's own
/// divides a round.
/// </summary>
public static class Primes
{
    /// <summary>The smallest prime that is not below <paramref name="number"/>; 2 for anything smaller.</summary>
    public static long AtLeast(long number)
    {
        long candidate = Math.Max(2, number);
        while (!IsPrime(candidate))
        {
            candidate++;
        }

        return candidate;
    }

    /// <summary>The prime nearest to <paramref name="number"/>, the smaller of two equally near.</summary>
    public static long NearestTo(long number)
    {
        for (long distance = 0; ; distance++)
        {
            if (IsPrime(number - distance))
            {
                return number - distance;
            }

            if (IsPrime(number + distance))
            {
                return number + distance;
            }
        }
    }

    /// <summary>Whether <paramref name="number"/> is prime, by trial division: rounds have at most thousands of operations.</summary>
    public static bool IsPrime(long number)
    {
        if (number < 2)
        {
            return false;
        }

        for (long divisor = 2; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
