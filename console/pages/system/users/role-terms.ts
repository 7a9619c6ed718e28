import { defineWords } from '../../../words/define-words.ts';

/** Roles in words, named as the schema names them. */
export const roleWord = defineWords({
  zh: {
    operator: '值班员',
    dispatcher: '调度员',
    engineer: '工程师',
    systemAdministrator: '系统管理员',
    securityAdministrator: '安全管理员',
    auditor: '审计员',
  },
  en: {
    operator: 'Operator',
    dispatcher: 'Dispatcher',
    engineer: 'Engineer',
    systemAdministrator: 'System administrator',
    securityAdministrator: 'Security administrator',
    auditor: 'Auditor',
  },
});

/** What each may do, in a line. */
export const roleMore = defineWords({
  zh: {
    operator: '受理、处置预警，看证据和实时画面',
    dispatcher: '值班员所能，另可派单、复核、批准导出',
    engineer: '管摄像机和预警场景',
    systemAdministrator: '管程序运行和站点配置，看不到证据',
    securityAdministrator: '管用户和密钥，自己不用这些权限',
    auditor: '只看谁做过什么，不改任何东西',
  },
  en: {
    operator: 'Handles alerts; sees evidence and live pictures',
    dispatcher: 'As an operator; dispatches, reviews, approves exports',
    engineer: 'Looks after cameras and scenarios',
    systemAdministrator: 'Keeps the program running; sees no evidence',
    securityAdministrator: 'Gives rights and keys; uses none of them',
    auditor: 'Reads who did what; changes nothing',
  },
});
