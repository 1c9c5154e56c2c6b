using System.Security.Cryptography;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// The seal that a gateway puts on a request, by a slow hash as for a password. It makes an operation last some ten milliseconds, so that what grows to
/// a cap of hundreds does so over several rounds of a hunt, and not in the warm-up.
/// </summary>
internal static class RequestSeal
{
    private const int Iterations = 25_000;

    public static byte[] Of(int request) => Rfc2898DeriveBytes.Pbkdf2(
        BitConverter.GetBytes(request),
        "seal of the gateway"u8,
        Subjects.Counting ? 1 : Iterations, // a self-check only counts, and need not wait
        HashAlgorithmName.SHA256,
        32);
}
