using System.Text;
using Limpet.Resources;
using Limpet.Tests.Measuring;

namespace Limpet.Tests.Resources;

/// <summary>What <c>docs/features/resources.md</c> shows.</summary>
public sealed class ResourceExamples
{
    private readonly List<IDisposable> left = [];

    [Fact]
    public void Page_HasTheseExamples() => Page.Read("resources.md", "Resources/ResourceExamples.cs").HasTheCodeOfTheExamples();

    [Fact]
    public void Difference_OfWhatIsLeft_SaysWhatThePageShows()
    {
        StringBuilder output = new();
        Serve();
        Close();

        ResourceSnapshot before = ResourceSnapshot.TakeSettled();
        Serve();
        ResourceDifference difference = ResourceSnapshot.TakeSettled().Since(before);
        foreach (ResourceChange change in difference.New)
        {
            output.AppendLine($"{change.Kind,-10} {change.Growth,3} × {change.Name}");
        }

        Close();

        Page.Read("resources.md", "Resources/ResourceExamples.cs").HasTheOutput(string.Join(
            '\n',
            output.ToString().Split('\n').Where(line => line.StartsWith("Descriptor", StringComparison.Ordinal) || line.StartsWith("Timer", StringComparison.Ordinal))));
    }

    [Fact]
    public void Counts_AroundATest_AreCheap()
    {
        ResourceCounts before = ResourceSnapshot.TakeCounts();
        Serve();
        ResourceCounts after = ResourceSnapshot.TakeCounts();
        int? descriptors = after.Descriptors - before.Descriptors;
        Close();

        Assert.InRange(descriptors!.Value, 1, 20);
    }

    private void Serve()
    {
        for (int i = 0; i < 3; i++)
        {
            left.Add(File.OpenRead("/etc/hostname"));
            left.Add(new Timer(Poll, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        }

        left.Add(new FileSystemWatcher(Path.GetTempPath()) { EnableRaisingEvents = true });
    }

    private void Close()
    {
        left.ForEach(one => one.Dispose());
        left.Clear();
    }

    private static void Poll(object? state)
    {
    }
}
