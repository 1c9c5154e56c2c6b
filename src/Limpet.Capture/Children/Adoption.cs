using Limpet.Capture.Native;
using Limpet.Resources;

namespace Limpet.Capture.Children;

/// <summary>
/// Makes this process the parent of descendants whose own parent ended, in place of init: so a daemon that forked twice is still seen to belong to
/// the tree. Whoever adopts must also reap.
/// </summary>
public static class Adoption
{
    private const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER

    /// <summary>Begins; false where the kernel does not offer it.</summary>
    public static bool Begin() => Spawn.ProcessControl(SetChildSubreaper, 1) == 0;

    /// <summary>Reaps an adopted child that ended; null when it has not, or is no child of this process.</summary>
    /// <param name="pid">Its id.</param>
    public static ProcessExit? TryReap(int pid) => ChildExit.TryReap(pid);
}
