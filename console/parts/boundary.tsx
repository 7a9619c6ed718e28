import { Component, type ComponentChildren } from 'preact';
import { Failure } from './states.tsx';

interface Props {
  children: ComponentChildren;
}

/** A page that breaks says so, and leaves the rest of the console as it is. */
export class Boundary extends Component<Props, { failure?: unknown }> {
  override state: { failure?: unknown } = {};

  override componentDidCatch(failure: unknown): void {
    this.setState({ failure });
  }

  render() {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return <Failure failure={failure} onRetry={() => location.reload()} />;
  }
}
