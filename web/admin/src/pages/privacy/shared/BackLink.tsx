import { Link } from 'react-router';
import { IconBack } from '../../../ui/icons';
import classes from './Pieces.module.css';

export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className={classes.backLink ?? ''}>
      <IconBack size={16} />
      {children}
    </Link>
  );
}
