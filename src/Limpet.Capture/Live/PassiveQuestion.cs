using Limpet.Results;

namespace Limpet.Capture.Live;

/// <summary>
/// A question about a name to the debugging library, over a target that runs or about what may be gone. What it reads may have changed in between, and it says so by exceptions of any kind: then
/// there is no name, and the heap is as complete as without it.
/// </summary>
internal static class PassiveQuestion
{
    /// <summary>Asks, and goes on without an answer where the library fails.</summary>
    public static void Ask(Action question)
    {
        try
        {
            question();
        }
        catch (Exception exception) when (exception is not (LimpetException or OperationCanceledException or OutOfMemoryException))
        {
            // Nothing was found out; whoever asked has nothing to add to that.
        }
    }
}
