using System.Diagnostics;
using Limpet.Cli.Watching.Tree;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Watching;

public sealed class WatchTreeTests
{
    [Fact]
    public async Task RootEnded_AfterAReadingFoundItGone_KeepsItsExitCode()
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        using WatchTree tree = new(process.Id, isOwnChild: false);
        tree.Tick(again: true, descriptors: true);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                tree.Tick(again: true, descriptors: true);
                return !tree.RootAlive;
            },
            "the reading of a process that has ended");

        tree.RootEnded(7);

        Assert.Equal(7, Assert.Single(tree.Ended).ExitCode);
    }
}
