using Limpet.Cli.Hunting.Run;
using Limpet.Results;

namespace Limpet.Cli.Tests.Hunting.Run;

public sealed class UnreadHeapTests
{
    private const string Reason = "873 KiB of the heap in 1 segments could not be read: a collection or an allocation was under way in each of 23 tries";

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Refuse_AtMostAPercent_Counts(double share) => UnreadHeap.Refuse(share, Reason);

    [Theory]
    [InlineData(0.011, "1.1 %")]
    [InlineData(1, "100 %")]
    public void Refuse_More_SaysWhatIsMissingAndWhatToDo(double share, string said)
    {
        LimpetException refused = Assert.Throws<LimpetException>(() => UnreadHeap.Refuse(share, Reason));

        Assert.Equal(
            $"The heap could not be read, twice in turn: {Reason}. {said} of it is not known; a round counts where at most 1 % is not. Next: hunt again while the target has less to do by itself.",
            refused.Message);
    }
}
