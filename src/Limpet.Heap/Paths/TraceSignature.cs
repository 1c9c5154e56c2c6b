using System.Security.Cryptography;
using System.Text;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>
/// A stable id of a trace: the first 16 hexadecimal digits of the SHA-256 of root kind and name and of type and member of the
/// suspect steps; of all steps where none is suspect. Indexes of arrays are not in it, nor are statuses and counts.
/// </summary>
public static class TraceSignature
{
    private const int Digits = 16;

    /// <summary>The signature of a trace.</summary>
    public static string Of(RetentionTrace trace)
    {
        bool anySuspect = trace.Path.Any(element => element.Suspect);
        StringBuilder text = new();
        text.Append(trace.Root.Kind).Append('\n').Append(trace.Root.Name);
        foreach (TraceElement element in trace.Path.Where(element => element.Suspect || !anySuspect))
        {
            text.Append('\n').Append(element.Type).Append('\t').Append(element.Member);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}
