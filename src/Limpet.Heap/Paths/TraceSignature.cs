using System.Security.Cryptography;
using System.Text;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>
/// A stable id of a trace: the first 16 hexadecimal digits of the SHA-256 of the root and of type and member of the suspect steps, in
/// the words of the source; of all steps where none is suspect. Indexes of arrays, numbers of generated names, statuses and counts
/// are not in it, nor is the way through the parts of a holder: the same queue may be gone through from its head or its tail.
/// </summary>
internal static class TraceSignature
{
    private const int Digits = 16;

    /// <summary>The signature of a trace.</summary>
    /// <param name="root">Where it begins.</param>
    /// <param name="steps">Its elements; the member is null where parts of the holder lie between it and the next.</param>
    public static string Of(TraceRoot root, IReadOnlyList<(TraceElement Element, string? Member)> steps)
    {
        bool anySuspect = steps.Any(step => step.Element.Suspect);
        StringBuilder text = new();
        text.Append(root.Kind).Append('\n').Append(RootWords.Of(root));
        foreach (var (element, member) in steps.Where(step => step.Element.Suspect || !anySuspect))
        {
            text.Append('\n').Append(element.Type).Append('\t').Append(member);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}
